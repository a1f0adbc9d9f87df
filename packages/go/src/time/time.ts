import type { GoFunction } from '../value/function.ts'
import { FunctionError } from '../value/function.ts'
import type { GoObject } from '../value/object.ts'
import type { Value } from '../value/value.ts'
import type { CalendarDate, ClockTime } from './calendar.ts'
import { clockOf, dateOf, daysTo, secondsPerDay } from './calendar.ts'
import { clampDuration } from './duration.ts'
import { formatTime } from './format.ts'
import { rfc3339Nano } from './layout.ts'
import { unixSeconds } from './parse.ts'
import { timeMethods } from './time-methods.ts'
import type { Zone } from './zone.ts'

const noFields: ReadonlyMap<string, Value> = new Map()
const nanosecondsPerSecond = 1_000_000_000n
/** Go counts seconds from the year 1, within 64 bits. */
const unixToYear1 = 62_135_596_800n
const most = (1n << 63n) - 1n

/** A time, and how it is shown. */
export interface TimeParts {
  /** Unix time. */
  readonly seconds: bigint
  /** 0 to 999,999,999 */
  readonly nanoseconds: number
  readonly zone: Zone
  /** The zone that Go's `Local` is. */
  readonly local: Zone
  /** The reading of the monotonic clock that `now` has, in nanoseconds. */
  readonly monotonic?: bigint | undefined
}

/** Go's `time.Time`. */
export class GoTime implements GoObject {
  readonly goType = 'time.Time'
  readonly goKind = 'struct'
  readonly fields = noFields
  readonly unexported = ['wall', 'ext', 'loc']
  readonly parts: TimeParts
  #methods: ReadonlyMap<string, GoFunction> | undefined

  constructor(parts: TimeParts) {
    this.parts = { ...parts, seconds: BigInt.asIntN(64, parts.seconds) }
  }

  get methods(): ReadonlyMap<string, GoFunction> {
    this.#methods ??= timeMethods(this)
    return this.#methods
  }

  readonly text = (): string => this.format('2006-01-02 15:04:05.999999999 -0700 MST') + this.#monotonicText()

  /** As `encoding/json` writes it, without the quotes. */
  readonly json = (): string => {
    try {
      return this.marshalText('Time.MarshalJSON')
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error
      throw new FunctionError(`json: error calling MarshalJSON for type time.Time: ${error.message}`)
    }
  }

  /** RFC 3339, which has years of four digits only. */
  marshalText(method: string): string {
    const text = this.format(rfc3339Nano)
    if (text[4] !== '-' || text.startsWith('-')) {
      throw new FunctionError(`${method}: year outside of range [0,9999]`)
    }
    if (!text.endsWith('Z') && !/[+-](?:[01]\d|2[0-3]):\d\d$/.test(text)) {
      throw new FunctionError(`${method}: timezone hour outside of range [0,23]`)
    }
    return text
  }

  format(layout: string): string {
    const { seconds, nanoseconds, zone } = this.parts
    return formatTime(layout, { seconds, nanoseconds, period: zone.at(seconds) })
  }

  get date(): CalendarDate {
    return dateOf(this.#shown)
  }

  get clock(): ClockTime {
    return clockOf(this.#shown)
  }

  get unixNanoseconds(): bigint {
    return this.parts.seconds * nanosecondsPerSecond + BigInt(this.parts.nanoseconds)
  }

  /** Seconds since the year 1. */
  get sinceYear1(): bigint {
    return BigInt.asIntN(64, this.parts.seconds + unixToYear1)
  }

  in(zone: Zone): GoTime {
    return new GoTime({ ...this.parts, zone, monotonic: undefined })
  }

  /** Without the reading of the monotonic clock. */
  wall(): GoTime {
    return this.parts.monotonic === undefined ? this : new GoTime({ ...this.parts, monotonic: undefined })
  }

  add(duration: bigint): GoTime {
    const { monotonic } = this.parts
    const nanoseconds = BigInt(this.parts.nanoseconds) + duration
    const carry = floorDivide(nanoseconds, nanosecondsPerSecond)
    const seconds = clampSeconds(this.sinceYear1 + carry)
    const moved = monotonic === undefined || !isPackable(seconds) ? undefined : monotonic + duration
    return new GoTime({
      ...this.parts,
      seconds: seconds - unixToYear1,
      nanoseconds: Number(nanoseconds - carry * nanosecondsPerSecond),
      monotonic: moved,
    })
  }

  /** Months and days beyond their range flow over. */
  addDate(years: number, months: number, days: number): GoTime {
    const { year, month, day } = this.date
    const { hour, minute, second } = this.clock
    const date = daysTo(year + years, month + months, 1) + BigInt(day - 1) + BigInt(days)
    const local = date * BigInt(secondsPerDay) + BigInt((hour * 60 + minute) * 60 + second)
    const seconds = unixSeconds(BigInt.asIntN(64, local), this.parts.zone)
    return new GoTime({ ...this.parts, seconds, monotonic: undefined })
  }

  /** The duration from another time to this one, as far as 64 bits hold it. */
  since(other: GoTime): bigint {
    const [mine, others] = this.#readings(other)
    return clampDuration(mine - others)
  }

  /** Go's `==`: the same instant in the same zone, read from the same clock. */
  same(other: GoTime): boolean {
    const { seconds, nanoseconds, zone, monotonic } = other.parts
    return (
      this.parts.seconds === seconds &&
      this.parts.nanoseconds === nanoseconds &&
      this.parts.zone === zone &&
      this.parts.monotonic === monotonic
    )
  }

  compare(other: GoTime): number {
    const [mine, others] = this.#readings(other)
    return mine === others ? 0 : mine < others ? -1 : 1
  }

  /** How far this time is past a multiple of a duration, counted from the year 1. */
  remainder(duration: bigint): bigint {
    const total = this.sinceYear1 * nanosecondsPerSecond + BigInt(this.parts.nanoseconds)
    return total - floorDivide(total, duration) * duration
  }

  // Two readings of the monotonic clock are compared rather than wall time.
  #readings(other: GoTime): [bigint, bigint] {
    const [mine, others] = [this.parts.monotonic, other.parts.monotonic]
    if (mine !== undefined && others !== undefined) return [mine, others]
    const total = (time: GoTime) => time.sinceYear1 * nanosecondsPerSecond + BigInt(time.parts.nanoseconds)
    return [total(this), total(other)]
  }

  get #shown(): bigint {
    const { seconds, zone } = this.parts
    return seconds + BigInt(zone.at(seconds).offset)
  }

  #monotonicText(): string {
    const { monotonic } = this.parts
    if (monotonic === undefined) return ''
    const size = monotonic < 0n ? -monotonic : monotonic
    const fraction = (size % nanosecondsPerSecond).toString().padStart(9, '0')
    return ` m=${monotonic < 0n ? '-' : '+'}${size / nanosecondsPerSecond}.${fraction}`
  }
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}

function clampSeconds(seconds: bigint): bigint {
  if (seconds > most) return most
  return seconds < -most ? -most : seconds
}

// With a monotonic reading Go keeps the seconds since 1885 in 33 bits; beyond them it drops the reading.
function isPackable(sinceYear1: bigint): boolean {
  const since1885 = sinceYear1 - 59_453_308_800n
  return since1885 >= 0n && since1885 < 1n << 33n
}
