import { FunctionError } from '../value/function.ts'
import { quoteBytes } from './parse-error.ts'

/** Nanoseconds of Go's units. */
export const second = 1_000_000_000n
export const minute = 60n * second
export const hour = 60n * minute

const least = -(1n << 63n)
const most = (1n << 63n) - 1n

/** Go's `Duration.String`: `1h2m3.5s`. */
export function formatDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size === 0n) return '0s'
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`
  if (size < second) return `${sign}${decimal(size, 6)}ms`
  const hours = size / hour
  const minutes = (size / minute) % 60n
  const seconds = decimal(size % minute, 9)
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}s`
  return minutes > 0n ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`
}

function decimal(value: bigint, places: number): string {
  const unit = 10n ** BigInt(places)
  const fraction = (value % unit).toString().padStart(places, '0').replace(/0+$/, '')
  return fraction === '' ? `${value / unit}` : `${value / unit}.${fraction}`
}

/** Go's `time.ParseDuration`, in nanoseconds. Throws a `FunctionError` with Go's text. */
export function parseDuration(text: string): bigint {
  const invalid = () => new FunctionError(`time: invalid duration ${quoteBytes(text)}`)
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  let rest = text.slice(sign.length)
  if (rest === '0') return 0n
  if (rest === '') throw invalid()
  let total = 0n
  while (rest !== '') {
    const [number, whole = '', fraction = ''] = /^(\d*)(?:\.(\d*))?/.exec(rest) ?? ['']
    if (whole === '' && fraction === '') throw invalid()
    rest = rest.slice(number.length)
    if (whole.length > longestNumber || BigInt(whole) > most + 1n) throw invalid()
    const name = /^[^.0-9]*/.exec(rest)?.[0] ?? ''
    if (name === '') throw new FunctionError(`time: missing unit in duration ${quoteBytes(text)}`)
    const unit = units.get(name)
    if (unit === undefined) {
      throw new FunctionError(`time: unknown unit ${quoteBytes(name)} in duration ${quoteBytes(text)}`)
    }
    rest = rest.slice(name.length)
    if (BigInt(whole) > (most + 1n) / unit) throw invalid()
    const part = BigInt(whole) * unit + fractionOf(fraction, unit)
    total = BigInt.asUintN(64, total + part)
    if (part > most + 1n || total > most + 1n) throw invalid()
  }
  if (sign === '-') return -total
  if (total > most) throw invalid()
  return total
}

/** As {@link parseDuration}, 0 for what is no duration. */
export function durationOrZero(text: string): bigint {
  try {
    return parseDuration(text)
  } catch (error) {
    if (error instanceof FunctionError) return 0n
    throw error
  }
}

// Go computes a fraction in float64, and drops the digits that do not fit 63 bits.
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n
  let scale = 1
  for (const digit of digits.slice(0, longestNumber)) {
    const next = value * 10n + BigInt(digit)
    if (value > most / 10n || next > most + 1n) break
    value = next
    scale *= 10
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (Number(unit) / scale)))
}

/** Go's `Duration.Round`: halves away from zero, and what overflows is the largest there is. */
export function roundDuration(nanoseconds: bigint, unit: bigint): bigint {
  if (unit <= 0n) return nanoseconds
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const remainder = size % unit
  const rounded = remainder * 2n < unit ? size - remainder : size - remainder + unit
  const signed = nanoseconds < 0n ? -rounded : rounded
  return clampDuration(signed)
}

/** Go's `Duration.Truncate`. */
export function truncateDuration(nanoseconds: bigint, unit: bigint): bigint {
  return unit <= 0n ? nanoseconds : nanoseconds - (nanoseconds % unit)
}

/** The nearest value that 64 bits hold. */
export function clampDuration(nanoseconds: bigint): bigint {
  if (nanoseconds > most) return most
  return nanoseconds < least ? least : nanoseconds
}

/** Digits beyond this are an overflow, whatever they are; leading zeros count in Go's favour up to here. */
const longestNumber = 10_000

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', second],
  ['m', minute],
  ['h', hour],
])
