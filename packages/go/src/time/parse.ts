import { daysBefore, daysIn, daysTo, isLeap, secondsPerDay } from './calendar.ts'
import { nextPart } from './layout.ts'
import type { Found } from './parse-element.ts'
import { elementReaders } from './parse-element.ts'
import { badTime, byteUnits, notParsed, quoteUnits } from './parse-error.ts'
import type { Zone } from './zone.ts'
import { fixedZone, utc } from './zone.ts'

/** What parsing gives: Unix time, and the zone it is shown in. */
export interface ParsedTime {
  readonly seconds: bigint
  readonly nanoseconds: number
  readonly zone: Zone
}

/** Go's `time.ParseInLocation`. Throws a `FunctionError` with Go's text. */
export function parseTime(layout: string, value: string, zone: Zone): ParsedTime {
  return parseUnits(byteUnits(layout), byteUnits(value), zone)
}

function parseUnits(layout: string, value: string, zone: Zone): ParsedTime {
  const found: Found = {
    hour: 0,
    minute: 0,
    second: 0,
    year: 0,
    nanoseconds: 0,
    rest: value,
    outOfRange: undefined,
  }
  let part = nextPart(layout)
  for (;;) {
    const afterLiteral = skipLiteral(found.rest, part.literal)
    if (afterLiteral.failed)
      throw notParsed(value, layout, { value: afterLiteral.rest, layout: part.literal })
    found.rest = afterLiteral.rest
    if (part.element === undefined) break
    const before = found.rest
    const next = nextPart(part.rest)
    const fits = elementReaders[part.element](found, part, next)
    if (found.outOfRange !== undefined) throw badTime(value, `${found.outOfRange} out of range`)
    if (!fits) throw notParsed(value, layout, { value: before, layout: part.text })
    part = next
  }
  if (found.rest !== '') throw badTime(value, `extra text: ${quoteUnits(found.rest)}`)
  return placed(found, calendarDay(found, value), zone)
}

/** Runs of spaces in layout and value count as one. */
function skipLiteral(value: string, literal: string): { rest: string; failed: boolean } {
  let rest = value
  let expected = literal
  while (expected !== '') {
    if (expected.startsWith(' ')) {
      if (rest !== '' && !rest.startsWith(' ')) return { rest, failed: true }
      expected = expected.replace(/^ +/, '')
      rest = rest.replace(/^ +/, '')
    } else {
      if (rest === '' || rest[0] !== expected[0]) return { rest, failed: true }
      expected = expected.slice(1)
      rest = rest.slice(1)
    }
  }
  return { rest, failed: false }
}

/** The day since 1970-01-01; what the layout leaves out is the first of its kind. */
function calendarDay(found: Found, value: string): bigint {
  const { year } = found
  const { month, day } =
    found.yearDay === undefined
      ? { month: found.month ?? 1, day: found.day ?? 1 }
      : ofYearDay(found.yearDay, year, value)
  if (found.yearDay !== undefined) {
    if (found.month !== undefined && found.month !== month)
      throw badTime(value, 'day-of-year does not match month')
    if (found.day !== undefined && found.day !== day) throw badTime(value, 'day-of-year does not match day')
  }
  if (day < 1 || day > daysIn(month, year)) throw badTime(value, 'day out of range')
  return daysTo(year, month, day)
}

function ofYearDay(yearDay: number, year: number, value: string): { month: number; day: number } {
  if (yearDay < 1 || yearDay > (isLeap(year) ? 366 : 365)) throw badTime(value, 'day-of-year out of range')
  let month = 12
  const before = (candidate: number) => daysBefore(candidate) + (isLeap(year) && candidate > 2 ? 1 : 0)
  while (before(month) >= yearDay) month--
  return { month, day: yearDay - before(month) }
}

function placed(found: Found, day: bigint, zone: Zone): ParsedTime {
  const { nanoseconds, offset, abbreviation } = found
  const clock = (hourOf(found) * 60 + found.minute) * 60 + found.second
  const local = day * BigInt(secondsPerDay) + BigInt(clock)
  if (found.isUtc === true) return { seconds: local, nanoseconds, zone: utc }
  if (offset !== undefined && offset !== -1) {
    const seconds = local - BigInt(offset)
    const there = zone.at(seconds)
    const isThere = there.offset === offset && (abbreviation ?? there.abbreviation) === there.abbreviation
    return { seconds, nanoseconds, zone: isThere ? zone : fixedZone(abbreviation ?? '', offset) }
  }
  if (abbreviation !== undefined) {
    const known = zone.offsetOf(abbreviation, local)
    if (known !== undefined) return { seconds: local - BigInt(known), nanoseconds, zone }
    const hours = abbreviation.startsWith('GMT') ? Number(abbreviation.slice(3)) : 0
    // An unknown zone keeps its name, and the time is read as if it were UTC.
    return { seconds: local, nanoseconds, zone: fixedZone(abbreviation, hours * 3600) }
  }
  return { seconds: unixSeconds(local, zone), nanoseconds, zone }
}

/** The Unix time of what a clock in a zone shows. Where it shows it twice or never, Go's choice. */
export function unixSeconds(local: bigint, zone: Zone): bigint {
  const guess = zone.at(local).offset
  if (guess === 0) return local
  return local - BigInt(zone.at(local - BigInt(guess)).offset)
}

function hourOf({ hour, half }: Found): number {
  if (half === 'PM' && hour < 12) return hour + 12
  return half === 'AM' && hour === 12 ? 0 : hour
}
