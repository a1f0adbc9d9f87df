import type { Value } from '@chartroom/go'
import { GoInt, roundDuration } from '@chartroom/go'

const second = 1_000_000_000n
const hour = 3_600n * second

const most = (1n << 63n) - 1n

/** Sprig's `duration`: seconds from a text or an int64; any other number counts as none. */
export function durationOfSeconds(value: Value): bigint {
  const seconds =
    typeof value === 'string'
      ? integerOf(value)
      : value instanceof GoInt && value.kind === 'int64'
        ? value.value
        : 0n
  return BigInt.asIntN(64, seconds * second)
}

/** Go's `strconv.ParseInt` in base 10: 0 for what is no number, the nearest for what does not fit. */
function integerOf(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) return 0n
  const value = BigInt(text.replace(/^\+/, ''))
  if (value > most) return most
  return value < -most - 1n ? -most - 1n : value
}

export function toWholeSeconds(duration: bigint): bigint {
  return roundDuration(duration, second)
}

/** Sprig's `durationRound`: whole units of the largest unit that fits more than once. */
export function roundedDuration(duration: bigint): string {
  const size = duration < 0n ? -duration : duration
  const [unit, name] = units.find(([length]) => size > length) ?? []
  return unit === undefined ? '0s' : `${size / unit}${name}`
}

const units: ReadonlyArray<readonly [bigint, string]> = [
  [365n * 24n * hour, 'y'],
  [30n * 24n * hour, 'mo'],
  [24n * hour, 'd'],
  [hour, 'h'],
  [60n * second, 'm'],
  [second, 's'],
]
