import type { Value } from '@chartroom/go'
import { formatValue, isObject, kindOf } from '@chartroom/go'

/** A value as an action prints it; undefined for a function, which cannot be printed. */
export function printed(value: Value): string | undefined {
  if (value === undefined || value === null) return '<no value>'
  if (isObject(value)) return value.addressText?.() ?? formatValue(withoutPointer(value))
  return kindOf(value) === 'func' ? undefined : formatValue(value)
}

/** Actions, `html`, `js` and `urlquery` print what a pointer points to; `print` prints `&` before it. */
export function withoutPointer(value: Value): Value {
  if (!isObject(value) || value.goKind !== 'ptr' || value.text !== undefined) return value
  const { fields, methods } = value
  return { goType: value.goType.replace(/^\*/, ''), goKind: 'struct', fields, methods }
}
