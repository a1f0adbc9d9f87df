import type { GoFunction, GoInt, Value } from '@chartroom/go'
import { FunctionError, formatValue, goInt } from '@chartroom/go'
import { int64, parseInt64, toFloat64, toInt64 } from './cast.ts'
import { floatFunctions } from './floats.ts'
import { fixed, variadic } from './go-function.ts'
import { rangeFunctions } from './ranges.ts'

export const mathFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ...floatFunctions,
  ...rangeFunctions,
  ['int', fixed('any', (value: Value) => goInt(toInt64(value)))],
  ['int64', fixed('any', (value: Value) => int64(toInt64(value)))],
  ['float64', fixed('any', toFloat64)],
  ['atoi', fixed('string', atoi)],
  ['toDecimal', fixed('any', (value: Value) => int64(parseInt64(formatValue(value), 8) ?? 0n))],
  ['add1', fixed('any', (value: Value) => int64(toInt64(value) + 1n))],
  [
    'add',
    variadic('any', (...values: Value[]) =>
      int64(values.reduce((sum: bigint, value) => sum + toInt64(value), 0n)),
    ),
  ],
  ['sub', fixed('any any', (a: Value, b: Value) => int64(toInt64(a) - toInt64(b)))],
  ['div', fixed('any any', (a: Value, b: Value) => int64(toInt64(a) / divisor(b)))],
  ['mod', fixed('any any', (a: Value, b: Value) => int64(toInt64(a) % divisor(b)))],
  ['mul', variadic('any any', (...values: Value[]) => folded(values, (a, b) => BigInt.asIntN(64, a * b)))],
  ['max', variadic('any any', largest)],
  ['biggest', variadic('any any', largest)],
  ['min', variadic('any any', (...values: Value[]) => folded(values, (a, b) => (b < a ? b : a)))],
])

/** Go's `strconv.Atoi` without its error: a number out of range is the nearest in range. */
function atoi(text: string): GoInt {
  const value = parseInt64(text, 10)
  if (value !== undefined) return goInt(value)
  if (!/^[+-]?[0-9]+$/.test(text)) return goInt(0)
  return goInt(text.startsWith('-') ? -0x8000_0000_0000_0000n : 0x7fff_ffff_ffff_ffffn)
}

function largest(...values: Value[]): GoInt {
  return folded(values, (a, b) => (b > a ? b : a))
}

function folded([first, ...rest]: Value[], combine: (a: bigint, b: bigint) => bigint): GoInt {
  return int64(rest.reduce((sum: bigint, value) => combine(sum, toInt64(value)), toInt64(first)))
}

function divisor(value: Value): bigint {
  const number = toInt64(value)
  if (number === 0n) throw new FunctionError('runtime error: integer divide by zero')
  return number
}
