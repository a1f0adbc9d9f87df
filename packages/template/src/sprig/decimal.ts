import { FunctionError } from '@chartroom/go'

/** A number of shopspring/decimal: `value` * 10^`exponent`. */
export interface Decimal {
  readonly value: bigint
  readonly exponent: number
}

/** The shortest decimal that reads back as the float, as `NewFromFloat` makes it. */
export function decimalOf(float: number): Decimal {
  if (!Number.isFinite(float)) {
    const name = Number.isNaN(float) ? 'NaN' : float > 0 ? '+Inf' : '-Inf'
    throw new FunctionError(`Cannot create a Decimal from ${name}`)
  }
  if (float === 0) return { value: 0n, exponent: 0 }
  const [mantissa = '0', exponent = '0'] = float.toExponential().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { value: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}

/** The float nearest to a decimal; a NaN or infinity cannot come out, only in. */
export function floatOf({ value, exponent }: Decimal): number {
  return Number(`${value}e${exponent}`)
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent)
  return { value: rescale(a, exponent) + rescale(b, exponent), exponent }
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { value: -b.value, exponent: b.exponent })
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { value: a.value * b.value, exponent: a.exponent + b.exponent }
}

const divisionPrecision = 16

/** `Div`: 16 digits behind the point, half rounded away from zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.value === 0n) throw new FunctionError('decimal division by 0')
  const shift = a.exponent - b.exponent + divisionPrecision
  const dividend = shift < 0 ? a.value : a.value * 10n ** BigInt(shift)
  const divisor = shift < 0 ? b.value * 10n ** BigInt(-shift) : b.value
  const quotient = dividend / divisor
  const rest = dividend - quotient * divisor
  if (2n * magnitude(rest) < magnitude(divisor)) return { value: quotient, exponent: -divisionPrecision }
  const away = dividend < 0n === divisor < 0n ? 1n : -1n
  return { value: quotient + away, exponent: -divisionPrecision }
}

function rescale({ value, exponent }: Decimal, to: number): bigint {
  return value === 0n ? 0n : value * 10n ** BigInt(exponent - to)
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
