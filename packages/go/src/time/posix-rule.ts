import { dateOf, daysBefore, daysIn, daysTo, isLeap, secondsPerDay } from './calendar.ts'
import type { ZonePeriod } from './zone.ts'

/** The rule for all years after the last known change of a zone: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX TZ). */
export interface PosixRule {
  readonly standard: ZonePeriod
  readonly summer:
    | { readonly period: ZonePeriod; readonly start: ChangeRule; readonly end: ChangeRule }
    | undefined
}

interface ChangeRule {
  readonly kind: 'julian' | 'dayOfYear' | 'weekday'
  readonly month: number
  readonly week: number
  /** Day of the year, or of the week. */
  readonly day: number
  /** Seconds after midnight. */
  readonly time: number
}

/** Undefined for what is no such rule. */
export function parsePosixRule(text: string): PosixRule | undefined {
  const found = shape.exec(text)
  if (found === null) return undefined
  const [, standardName = '', standardOffset = '', summerName, summerOffset, start, end] = found
  const offset = -secondsOf(standardOffset)
  const standard = { abbreviation: unquoted(standardName), offset, isDst: false }
  if (summerName === undefined) return { standard, summer: undefined }
  const startRule = changeRule(start ?? 'M3.2.0')
  const endRule = changeRule(end ?? 'M11.1.0')
  if (startRule === undefined || endRule === undefined) return undefined
  const period = {
    abbreviation: unquoted(summerName),
    offset: summerOffset === undefined ? offset + 3600 : -secondsOf(summerOffset),
    isDst: true,
  }
  return { standard, summer: { period, start: startRule, end: endRule } }
}

/** What the rule says for a Unix time. */
export function periodOf({ standard, summer }: PosixRule, seconds: bigint): ZonePeriod {
  if (summer === undefined) return standard
  const { year } = dateOf(seconds)
  const sinceNewYear = Number(seconds - daysTo(year, 1, 1) * BigInt(secondsPerDay))
  const start = changeTime(year, summer.start) - standard.offset
  const end = changeTime(year, summer.end) - summer.period.offset
  const isBetween =
    start <= end ? sinceNewYear >= start && sinceNewYear < end : sinceNewYear < end || sinceNewYear >= start
  return isBetween ? summer.period : standard
}

const name = '(<[^>]*>|[^<\\d,+-][^\\d,+-]{2,})'
const offset = '([+-]?\\d{1,3}(?::\\d{1,2}){0,2})'
const shape = new RegExp(`^${name}${offset}(?:${name}${offset}?(?:[,;]([^,]+),([^,]+))?)?$`)

function unquoted(text: string): string {
  return text.startsWith('<') ? text.slice(1, -1) : text
}

/** `-3:30` in seconds. */
function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number)
  const size = (hours * 60 + minutes) * 60 + seconds
  return text.startsWith('-') ? -size : size
}

function changeRule(text: string): ChangeRule | undefined {
  const [, day = '', time = '2'] = /^([^/]+)(?:\/([+-]?\d{1,3}(?::\d{1,2}){0,2}))?$/.exec(text) ?? []
  const at = secondsOf(time)
  const weekday = /^M(\d{1,2})\.([1-5])\.([0-6])$/.exec(day)
  if (weekday !== null) {
    const month = Number(weekday[1])
    if (month < 1 || month > 12) return undefined
    return { kind: 'weekday', month, week: Number(weekday[2]), day: Number(weekday[3]), time: at }
  }
  const number = /^(J?)(\d{1,3})$/.exec(day)
  if (number === null) return undefined
  return {
    kind: number[1] === 'J' ? 'julian' : 'dayOfYear',
    month: 0,
    week: 0,
    day: Number(number[2]),
    time: at,
  }
}

/** Seconds from the start of the year, on the clock of the place. */
function changeTime(year: number, rule: ChangeRule): number {
  return changeDay(year, rule) * secondsPerDay + rule.time
}

function changeDay(year: number, { kind, month, week, day }: ChangeRule): number {
  if (kind === 'dayOfYear') return day
  // Julian days never count 29 February.
  if (kind === 'julian') return day - 1 + (isLeap(year) && day >= 60 ? 1 : 0)
  const firstWeekday = dateOf(daysTo(year, month, 1) * BigInt(secondsPerDay)).weekday
  let date = ((day - firstWeekday + 7) % 7) + 7 * (week - 1)
  while (date >= daysIn(month, year)) date -= 7
  return date + daysBefore(month) + (isLeap(year) && month > 2 ? 1 : 0)
}
