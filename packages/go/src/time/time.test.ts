import { describe, expect, it } from 'vitest'
import { formatValue } from '../fmt/print.ts'
import { goInt } from '../value/int.ts'
import type { GoObject } from '../value/object.ts'
import type { Value } from '../value/value.ts'
import { goLocation } from './location.ts'
import { GoDuration } from './named-int.ts'
import { golden, goldenZone } from '../../test/golden-zones.ts'
import { GoTime } from './time.ts'
import { fixedZone, utc } from './zone.ts'

interface Case {
  readonly seconds: string
  readonly zone: string
  readonly duration: string
  readonly unit: string
  readonly years: number
  readonly months: number
  readonly days: number
  readonly gives: string[]
}

const ofDuration = [
  'Abs',
  'Hours',
  'Minutes',
  'Seconds',
  'Milliseconds',
  'Microseconds',
  'Nanoseconds',
  'String',
]
const ofTime = [
  'Unix',
  'UnixMilli',
  'UnixMicro',
  'UnixNano',
  'IsZero',
  'IsDST',
  'Month',
  'Weekday',
  'YearDay',
  'Hour',
  'Minute',
  'Second',
  'Nanosecond',
  'Year',
  'Day',
  'Location',
  'GoString',
  'UTC',
  'Local',
]

describe('the methods of time.Time and time.Duration', () => {
  it('give what they give in Go', () => {
    const wrong = golden<Case>('times-methods').flatMap((one) => {
      const answer = answersTo(one).map(formatValue)
      return answer.join('|') === one.gives.join('|') ? [] : [{ one, answer }]
    })
    expect(wrong).toEqual([])
  })

  it('take layouts, locations and bytes', () => {
    const time = new GoTime({ seconds: 0n, nanoseconds: 5, zone: utc, local: utc })
    const there = call(time, 'In', goLocation(fixedZone('X', 3600))) as GoTime
    expect(call(there, 'Format', '15:04 MST')).toBe('01:00 X')
    expect(call(time, 'AppendFormat', Uint8Array.of(62), '06')).toEqual(Uint8Array.of(62, 55, 48))
    expect(new TextDecoder().decode(call(time, 'MarshalJSON') as Uint8Array)).toBe(
      '"1970-01-01T00:00:00.000000005Z"',
    )
    expect(call(time, 'String')).toBe('1970-01-01 00:00:00.000000005 +0000 UTC')
  })
})

describe('a time with a reading of the monotonic clock', () => {
  const now = new GoTime({
    seconds: 1_767_225_600n,
    nanoseconds: 0,
    zone: utc,
    local: utc,
    monotonic: 1_052_000_000n,
  })

  it('prints it, as Go does', () => {
    expect(now.text()).toBe('2026-01-01 00:00:00 +0000 UTC m=+1.052000000')
    expect(now.add(-2_000_000_000n).text()).toBe('2025-12-31 23:59:58 +0000 UTC m=-0.948000000')
  })

  it.each([
    ['UTC', []],
    ['Local', []],
    ['Round', [new GoDuration(0n)]],
    ['Truncate', [new GoDuration(0n)]],
    ['AddDate', [goInt(0), goInt(0), goInt(0)]],
  ])('loses it by %s', (method, args) => {
    expect((call(now, method, ...args) as GoTime).text()).toBe('2026-01-01 00:00:00 +0000 UTC')
  })

  it('loses it beyond the years that Go packs it with', () => {
    expect(now.add(150n * 365n * 86_400n * 1_000_000_000n).text()).not.toContain('m=')
  })

  it('is compared by it', () => {
    const later = new GoTime({ ...now.parts, seconds: 0n, monotonic: 2_000_000_000n })
    expect(now.compare(later)).toBe(-1)
    expect(later.since(now)).toBe(948_000_000n)
  })
})

describe('a time in JSON', () => {
  const at = (seconds: bigint, offset = 0) =>
    new GoTime({
      seconds,
      nanoseconds: 1_000_000,
      zone: offset === 0 ? utc : fixedZone('', offset),
      local: utc,
    })

  it('is RFC 3339 in its own zone', () => {
    expect(at(0n, -5400).json()).toBe('1969-12-31T22:30:00.001-01:30')
  })

  it.each([
    [253_402_300_800n, 0, 'year outside of range [0,9999]'],
    [-62_167_219_201n, 0, 'year outside of range [0,9999]'],
    [0n, 86_400, 'timezone hour outside of range [0,23]'],
  ])('is refused for %d seconds, %d east', (seconds, offset, reason) => {
    expect(() => at(seconds, offset).json()).toThrow(
      `json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: ${reason}`,
    )
  })
})

/** In the order of interop/oracle/time/regenerate.mjs. */
function answersTo({ seconds, zone, duration, unit, years, months, days }: Case): Value[] {
  const local = goldenZone(zone)
  const time = new GoTime({ seconds: BigInt(seconds), nanoseconds: 0, zone: local, local })
  const length = new GoDuration(BigInt(duration))
  const size = new GoDuration(BigInt(unit))
  const moved = call(time, 'Add', length) as GoTime
  return [
    moved,
    call(moved, 'Sub', time),
    call(time, 'Compare', moved),
    call(time, 'Before', moved),
    call(time, 'After', moved),
    call(time, 'Equal', moved),
    call(moved, 'Round', size),
    call(moved, 'Truncate', size),
    call(time, 'AddDate', goInt(years), goInt(months), goInt(days)),
    call(length, 'Round', size),
    call(length, 'Truncate', size),
    ...ofDuration.map((name) => call(length, name)),
    ...ofTime.map((name) => call(moved, name)),
  ]
}

function call(object: GoObject, name: string, ...args: Value[]): Value {
  const method = object.methods.get(name)?.call as ((...given: Value[]) => Value) | undefined
  if (method === undefined) throw new Error(`${object.goType} has no method ${name}`)
  return method(...args)
}
