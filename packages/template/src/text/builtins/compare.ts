import type { GoFunction, Value } from '@chartroom/go'
import {
  compareBytes,
  FunctionError,
  GoInt,
  GoTime,
  isNil,
  isObject,
  kindOf,
  sprintf,
  typeOf,
  underlyingOf,
} from '@chartroom/go'

/** Go's kinds of what can be compared; signed and unsigned integers are two. */
type Basic = 'bool' | 'int' | 'uint' | 'float' | 'string' | 'complex' | undefined

function basicOf(value: Value): Basic {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'float'
  if (typeof value === 'boolean') return 'bool'
  if (value instanceof GoInt) return value.unsigned ? 'uint' : 'int'
  return isObject(value) && value.goKind === 'complex128' ? 'complex' : undefined
}

/** True when the first is equal to any of the others. */
function equalsAny(first: Value, ...others: Value[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison')
  return others.some((other) => equals(first, other))
}

function equals(first: Value, second: Value): boolean {
  const a = underlyingOf(first)
  const b = underlyingOf(second)
  if (a instanceof GoInt && b instanceof GoInt) return a.value === b.value
  const kind = basicOf(a)
  if (kind !== basicOf(b)) {
    if (absent(a) || absent(b)) return false
    throw incompatible(first, second)
  }
  if (kind === 'complex') return isObject(a) && isObject(b) && a.text?.() === b.text?.()
  if (kind !== undefined) return a === b
  return equalsReference(a, b)
}

/** Maps, lists, structs and pointers. */
function equalsReference(a: Value, b: Value): boolean {
  if (!absent(a) && !absent(b) && kindOf(a) !== kindOf(b)) {
    const [left, right] = [sprintf('%s', [a]), formatted(b)]
    throw new FunctionError(`non-comparable types ${left}: ${typeOf(a)}, ${typeOf(b)}: ${right}`)
  }
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b)
  if (!isObject(b) || b.goKind === 'map' || b.goKind === 'slice') {
    throw new FunctionError(`non-comparable type ${sprintf('%s', [b])}: ${typeOf(b)}`)
  }
  if (a instanceof GoTime && b instanceof GoTime) return a.same(b)
  return a === b
}

function formatted(value: Value): string {
  return sprintf('%v', [value])
}

function absent(value: Value): boolean {
  return value === undefined || value === null
}

function incompatible(a: Value, b: Value): FunctionError {
  return new FunctionError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`)
}

function isLess(first: Value, second: Value): boolean {
  const a = underlyingOf(first)
  const b = underlyingOf(second)
  const kind = basicOf(a)
  if (kind === undefined || basicOf(b) === undefined) throw new FunctionError('invalid type for comparison')
  if (a instanceof GoInt && b instanceof GoInt) return a.value < b.value
  if (kind !== basicOf(b)) throw incompatible(first, second)
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b) < 0
  throw new FunctionError('invalid type for comparison')
}

function isLessOrEqual(a: Value, b: Value): boolean {
  return isLess(a, b) || equals(a, b)
}

function binary(call: (a: Value, b: Value) => boolean): GoFunction {
  return { parameters: ['value', 'value'], variadic: false, call }
}

export const comparisons: readonly (readonly [string, GoFunction])[] = [
  ['eq', { parameters: ['value', 'value'], variadic: true, call: equalsAny }],
  ['ne', binary((a, b) => !equals(a, b))],
  ['lt', binary(isLess)],
  ['le', binary(isLessOrEqual)],
  ['gt', binary((a, b) => !isLessOrEqual(a, b))],
  ['ge', binary((a, b) => !isLess(a, b))],
]
