import type { Value } from '@chartroom/go'
import { GoInt, goInt, isObject } from '@chartroom/go'

// The conversions of spf13/cast 1.7: what cannot be converted is zero.

/** Sprig's `toInt64` and `toInt`. */
export function toInt64(value: Value): bigint {
  if (typeof value === 'number') return truncate(value)
  if (value instanceof GoInt) return BigInt.asIntN(64, value.value)
  if (typeof value === 'string') return parseInt64(trimZeroDecimal(value), 0) ?? 0n
  if (typeof value === 'boolean') return value ? 1n : 0n
  return calendarNumber(value) ?? 0n
}

/** Sprig's `toFloat64`. */
export function toFloat64(value: Value): number {
  if (typeof value === 'number') return value
  if (value instanceof GoInt) return Number(value.value)
  if (typeof value === 'string') return parseFloat64(value) ?? 0
  if (typeof value === 'boolean') return value ? 1 : 0
  return Number(calendarNumber(value) ?? 0n)
}

/** Go's `int64(f)` on amd64: what int64 cannot hold is its smallest number. */
function truncate(value: number): bigint {
  if (value >= -0x8000_0000_0000_0000 && value < 0x8000_0000_0000_0000) return BigInt(Math.trunc(value))
  return -0x8000_0000_0000_0000n
}

/** `cast` reads the named types `time.Month` and `time.Weekday` as the integers they are, and no others. */
function calendarNumber(value: Value): bigint | undefined {
  if (!isObject(value)) return undefined
  return value.goType === 'time.Month' || value.goType === 'time.Weekday' ? value.integer : undefined
}

/** `1.00` is `1` to cast; `1.10` stays as it is. */
function trimZeroDecimal(text: string): string {
  return text.replace(/\.0+\.*$/, '')
}

/** Go's `strconv.ParseInt(text, base, 64)`; base 0 takes `0x`, `0o`, `0b`, `0` and underscores. Undefined for a text that
 * is no such number. */
export function parseInt64(text: string, base: 0 | 8 | 10): bigint | undefined {
  if (base !== 8 && isPlainDecimal(text)) return BigInt(text)
  const match = grammar[base].exec(text)
  if (match === null) return undefined
  const digits = (match[2] ?? '').replaceAll('_', '').toLowerCase()
  const prefix = /^0[xbo]?/.exec(digits)?.[0] ?? ''
  const significant = digits.slice(prefix.length).replace(/^0+/, '')
  // No number of 64 bits is longer, and reading one of millions of digits takes long.
  if (significant.length > 64) return undefined
  const magnitude = BigInt(`${prefixOf(prefix, base)}${significant === '' ? '0' : significant}`)
  const value = match[1] === '-' ? -magnitude : magnitude
  return BigInt.asIntN(64, value) === value ? value : undefined
}

/** Digits alone, as nearly all numbers are: an expression takes longer to make than to be done without. */
function isPlainDecimal(text: string): boolean {
  if (text === '' || text.length > 15 || text.startsWith('0')) return false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x30 || code > 0x39) return false
  }
  return true
}

function prefixOf(prefix: string, base: 0 | 8 | 10): string {
  if (prefix.length === 2) return prefix
  return base === 8 || (base === 0 && prefix === '0') ? '0o' : ''
}

const grammar = {
  0: /^([+-]?)(0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/,
  8: /^([+-]?)([0-7]+)$/,
  10: /^([+-]?)([0-9]+)$/,
}

/** Go's `strconv.ParseFloat(text, 64)`; undefined where it errs. */
function parseFloat64(text: string): number | undefined {
  if (hasMisplacedUnderscore(text)) return undefined
  const plain = text.replaceAll('_', '')
  if (decimal.test(plain)) {
    const value = Number(plain)
    return Number.isFinite(value) ? value : undefined
  }
  const special = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text)
  if (special === null) return parseHexFloat(plain)
  if (special[2] === undefined) return special[1] === '' ? Number.NaN : undefined
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** An underscore stands between two digits, or between the prefix of a hexadecimal number and a digit. */
function hasMisplacedUnderscore(text: string): boolean {
  if (!text.includes('_')) return false
  return (/^[+-]?0[xX]/.test(text) ? misplacedInHex : misplaced).test(text)
}

const misplaced = /(?<![0-9])_|_(?![0-9])/
const misplacedInHex = /(?<![0-9a-fA-F]|^[+-]?0[xX])_|_(?![0-9a-fA-F])/
const decimal = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/
const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?[0-9]+)$/

function parseHexFloat(text: string): number | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = hexadecimal.exec(text) ?? []
  if (whole + fraction === '') return undefined
  const value = scaled(BigInt(`0x${whole}${fraction}`), Number(exponent) - 4 * fraction.length)
  return value === undefined ? undefined : sign === '-' ? -value : value
}

/** mantissa * 2^exponent, rounded to even; undefined beyond float64. */
function scaled(mantissa: bigint, exponent: number): number | undefined {
  if (mantissa === 0n) return 0
  const bits = mantissa.toString(2).length
  // The lowest bit a float64 of this size can hold.
  const lowest = Math.max(bits + exponent - 53, -1074)
  const drop = lowest - exponent
  if (drop > bits + 1) return 0
  if (bits + exponent > 1025) return undefined
  const kept = drop > 0 ? roundHalfEven(mantissa, BigInt(drop)) : mantissa
  const power = drop > 0 ? lowest : exponent
  const half = Math.trunc(power / 2)
  const value = Number(kept) * 2 ** half * 2 ** (power - half)
  return Number.isFinite(value) ? value : undefined
}

function roundHalfEven(value: bigint, bits: bigint): bigint {
  const quotient = value >> bits
  const rest = value - (quotient << bits)
  const half = 1n << (bits - 1n)
  return rest > half || (rest === half && (quotient & 1n) === 1n) ? quotient + 1n : quotient
}

export function int64(value: bigint): GoInt {
  return goInt(value, 'int64')
}
