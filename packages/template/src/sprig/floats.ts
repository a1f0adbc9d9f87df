import type { GoFunction, GoInt, Value } from '@chartroom/go'
import { toFloat64 } from './cast.ts'
import type { Decimal } from './decimal.ts'
import {
  addDecimals,
  decimalOf,
  divideDecimals,
  floatOf,
  multiplyDecimals,
  subtractDecimals,
} from './decimal.ts'
import { fixed, variadic } from './go-function.ts'

export const floatFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['add1f', fixed('any', (value: Value) => combined([value, 1], addDecimals))],
  ['addf', variadic('any', (...values: Value[]) => combined([0, ...values], addDecimals))],
  ['subf', variadic('any any', (...values: Value[]) => combined(values, subtractDecimals))],
  ['divf', variadic('any any', (...values: Value[]) => combined(values, divideDecimals))],
  ['mulf', variadic('any any', (...values: Value[]) => combined(values, multiplyDecimals))],
  ['maxf', variadic('any any', (...values: Value[]) => extreme(values, 1))],
  ['minf', variadic('any any', (...values: Value[]) => extreme(values, -1))],
  ['ceil', fixed('any', (value: Value) => Math.ceil(toFloat64(value)))],
  ['floor', fixed('any', (value: Value) => Math.floor(toFloat64(value)))],
  ['round', variadic('any int float64', round)],
])

/** Sprig's `execDecimalOp`. */
function combined([first, ...rest]: Value[], operation: (a: Decimal, b: Decimal) => Decimal): number {
  return floatOf(
    rest.reduce(
      (sum: Decimal, value) => operation(sum, decimalOf(toFloat64(value))),
      decimalOf(toFloat64(first)),
    ),
  )
}

/** Sprig's `round`: up from `roundOn` behind the last place, which is 0.5 unless given. */
function round(value: Value, places: GoInt, roundOn = 0.5): number {
  const power = powerOfTen(Number(places.value))
  const digits = power * toFloat64(value)
  const fraction = Number.isFinite(digits) ? digits % 1 : Number.NaN
  return (fraction >= roundOn ? Math.ceil(digits) : Math.floor(digits)) / power
}

/** Go's `math.Max` (sign 1) or `math.Min` (-1) of all: an infinity on that side counts more than a NaN. */
function extreme([first, ...rest]: Value[], sign: 1 | -1): number {
  const pick = sign === 1 ? Math.max : Math.min
  return rest.reduce((best: number, value) => {
    const next = toFloat64(value)
    const beyond = sign * Number.POSITIVE_INFINITY
    return best === beyond || next === beyond ? beyond : pick(best, next)
  }, toFloat64(first))
}

/** Go's `math.Pow(10, n)`, which squares and so differs from JavaScript's in the last bit. */
function powerOfTen(exponent: number): number {
  if (Math.abs(exponent) > 400) return exponent > 0 ? Number.POSITIVE_INFINITY : 0
  let mantissa = 1
  let binary = 0
  let square = 0.625
  let squareBinary = 4
  for (let rest = Math.abs(exponent); rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) {
      mantissa *= square
      binary += squareBinary
    }
    square *= square
    squareBinary *= 2
    if (square < 0.5) {
      square += square
      squareBinary--
    }
  }
  return exponent < 0 ? scale(1 / mantissa, -binary) : scale(mantissa, binary)
}

function scale(mantissa: number, binary: number): number {
  const half = Math.trunc(binary / 2)
  return mantissa * 2 ** half * 2 ** (binary - half)
}
