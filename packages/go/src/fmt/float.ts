import type { Decimal } from './decimal.ts'
import { binary, fixedDecimal, shortestDecimal, significantDecimal } from './decimal.ts'

/** The formats of Go's `strconv.FormatFloat`. */
export type FloatFormat = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X'

/** Go's `strconv.FormatFloat`; a negative precision means as few digits as read back the same. */
export function formatFloat(
  ...[value, format, precision, bits = 64]: [number, FloatFormat, number, (32 | 64)?]
): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  return sign + formatPositive({ value: Math.abs(value), bits }, format, precision)
}

/** What `%v` prints of a float64: `g` with as few digits as possible. */
export function formatFloat64(value: number): string {
  const size = Math.abs(value)
  if (size < 1e6 && (size >= 1e-4 || (size === 0 && !Object.is(value, -0)))) return String(value)
  return formatFloat(value, 'g', -1)
}

interface Positive {
  value: number
  bits: 32 | 64
}

function formatPositive({ value, bits }: Positive, format: FloatFormat, precision: number): string {
  switch (format) {
    case 'b':
      return formatBinary(value)
    case 'x':
      return formatHex(value, precision)
    case 'X':
      return formatHex(value, precision).toUpperCase()
    case 'f': {
      if (precision >= 0) return plain(fixedDecimal(value, precision), precision)
      const decimal = shortestDecimal(value, bits)
      return plain(decimal, Math.max(decimal.digits.length - decimal.point, 0))
    }
    case 'e':
    case 'E': {
      const decimal = precision < 0 ? shortestDecimal(value, bits) : significantDecimal(value, precision + 1)
      return exponential(decimal, precision < 0 ? Math.max(decimal.digits.length - 1, 0) : precision, format)
    }
    case 'g':
    case 'G':
      return general({ value, bits }, format === 'g' ? 'e' : 'E', precision)
  }
}

function general({ value, bits }: Positive, letter: 'e' | 'E', precision: number): string {
  const shortest = precision < 0
  const decimal = shortest ? shortestDecimal(value, bits) : significantDecimal(value, Math.max(precision, 1))
  const count = decimal.digits.length
  const wanted = shortest ? count : Math.max(precision, 1)
  let limit = wanted > count && count >= decimal.point ? count : wanted
  if (shortest) limit = 6
  const exponent = decimal.point - 1
  if (exponent < -4 || exponent >= limit) return exponential(decimal, Math.min(wanted, count) - 1, letter)
  return plain(decimal, Math.max((wanted > decimal.point ? count : wanted) - decimal.point, 0))
}

/** `ddd.ddd` */
function plain({ digits, point }: Decimal, fraction: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (fraction <= 0) return whole
  const zeros = '0'.repeat(Math.min(Math.max(-point, 0), fraction))
  const rest = (zeros + digits.slice(Math.max(point, 0))).slice(0, fraction).padEnd(fraction, '0')
  return `${whole}.${rest}`
}

/** `d.ddde±dd` */
function exponential({ digits, point }: Decimal, fraction: number, letter: 'e' | 'E'): string {
  const first = digits[0] ?? '0'
  const rest = fraction > 0 ? `.${digits.slice(1, 1 + fraction).padEnd(fraction, '0')}` : ''
  const exponent = digits === '' ? 0 : point - 1
  return `${first}${rest}${letter}${signed(exponent)}`
}

function signed(exponent: number): string {
  return (exponent < 0 ? '-' : '+') + String(Math.abs(exponent)).padStart(2, '0')
}

/** `ddddp±ddd`, the exact mantissa and a binary exponent. */
function formatBinary(value: number): string {
  const { mantissa, exponent } = binary(value)
  return `${mantissa}p${exponent >= 0 ? '+' : ''}${exponent}`
}

/** `0x1.ddddp±dd` */
function formatHex(value: number, precision: number): string {
  let { mantissa, exponent } = binary(value)
  if (mantissa === 0n) exponent = 0
  else {
    // The leading one goes to bit 60, where it is one hexadecimal digit of sixteen.
    const shift = 61 - mantissa.toString(2).length
    mantissa <<= BigInt(shift)
    exponent += 60 - shift
  }
  if (precision >= 0 && precision < 15) {
    const keep = BigInt(60 - precision * 4)
    const half = 1n << (keep - 1n)
    const rest = mantissa & ((1n << keep) - 1n)
    mantissa >>= keep
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++
    mantissa <<= keep
    if (mantissa >> 61n !== 0n) {
      mantissa >>= 1n
      exponent++
    }
  }
  const all = (mantissa & ((1n << 60n) - 1n)).toString(16).padStart(15, '0')
  const fraction = precision < 0 ? all.replace(/0+$/, '') : all.slice(0, precision).padEnd(precision, '0')
  return `0x${mantissa >> 60n}${fraction === '' ? '' : `.${fraction}`}p${signed(exponent)}`
}
