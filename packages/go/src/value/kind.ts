import { GoInt, goInt } from './int.ts'
import { TypedList } from './list.ts'
import { TypedMap } from './map.ts'
import type { GoObject } from './object.ts'
import type { Value } from './value.ts'

/** Go's reflect kind of a value, as `kindOf` prints it; `invalid` for nil and no value. */
export function kindOf(value: Value): string {
  if (value === undefined || value === null) return 'invalid'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'float64'
  if (typeof value === 'string') return 'string'
  if (value instanceof GoInt) return value.kind
  if (value instanceof Map) return 'map'
  if (Array.isArray(value) || value instanceof Uint8Array) return 'slice'
  return isObject(value) ? value.goKind : 'func'
}

/** Go's type of a value, as `%T` prints it. */
export function typeOf(value: Value): string {
  if (value === undefined || value === null) return '<nil>'
  if (value instanceof TypedList) return value.typeName ?? `[]${value.elementType}`
  if (Array.isArray(value)) return '[]interface {}'
  if (value instanceof Uint8Array) return '[]uint8'
  if (value instanceof TypedMap) return value.typeName
  if (value instanceof Map) return 'map[string]interface {}'
  return typeof value === 'object' && isObject(value) ? value.goType : kindOf(value)
}

export function isObject(value: Value): value is GoObject {
  return typeof value === 'object' && value !== null && 'goType' in value
}

/** A value without the name of its type: the integer that a named integer type is. */
export function underlyingOf(value: Value): Value {
  if (!isObject(value) || value.integer === undefined) return value
  return goInt(value.integer, value.goKind === 'int' ? 'int' : 'int64')
}
