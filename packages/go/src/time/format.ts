import type { CalendarDate, ClockTime } from './calendar.ts'
import { clockOf, dateOf } from './calendar.ts'
import type { LayoutElement } from './layout.ts'
import { dayNames, monthNames, nextPart } from './layout.ts'
import type { ZonePeriod } from './zone.ts'

/** A time as its zone shows it. */
interface Shown {
  readonly date: CalendarDate
  readonly clock: ClockTime
  readonly nanoseconds: number
  readonly period: ZonePeriod
}

export interface FormattedMoment {
  /** Unix time. */
  readonly seconds: bigint
  readonly nanoseconds: number
  readonly period: ZonePeriod
}

/** Go's `Time.Format`. */
export function formatTime(layout: string, { seconds, nanoseconds, period }: FormattedMoment): string {
  const local = seconds + BigInt(period.offset)
  const shown = { date: dateOf(local), clock: clockOf(local), nanoseconds, period }
  let text = ''
  let rest = layout
  while (rest !== '') {
    const part = nextPart(rest)
    text += part.literal
    if (part.element !== undefined) text += elementWriters[part.element](shown, part.text)
    rest = part.rest
  }
  return text
}

/** @param text the element as the layout writes it */
type Writer = (shown: Shown, text: string) => string

const elementWriters: Readonly<Record<LayoutElement, Writer>> = {
  2006: ({ date }) => padded(date.year, 4),
  '06': ({ date }) => padded(Math.abs(date.year) % 100, 2),
  January: ({ date }) => monthNames[date.month - 1] ?? '',
  Jan: ({ date }) => (monthNames[date.month - 1] ?? '').slice(0, 3),
  1: ({ date }) => String(date.month),
  '01': ({ date }) => padded(date.month, 2),
  Monday: ({ date }) => dayNames[date.weekday] ?? '',
  Mon: ({ date }) => (dayNames[date.weekday] ?? '').slice(0, 3),
  2: ({ date }) => String(date.day),
  _2: ({ date }) => String(date.day).padStart(2),
  '02': ({ date }) => padded(date.day, 2),
  __2: ({ date }) => String(date.yearDay).padStart(3),
  '002': ({ date }) => padded(date.yearDay, 3),
  15: ({ clock }) => padded(clock.hour, 2),
  3: ({ clock }) => String(hour12(clock)),
  '03': ({ clock }) => padded(hour12(clock), 2),
  4: ({ clock }) => String(clock.minute),
  '04': ({ clock }) => padded(clock.minute, 2),
  5: ({ clock }) => String(clock.second),
  '05': ({ clock }) => padded(clock.second, 2),
  PM: ({ clock }) => (clock.hour >= 12 ? 'PM' : 'AM'),
  pm: ({ clock }) => (clock.hour >= 12 ? 'pm' : 'am'),
  MST: ({ period }) => period.abbreviation || formatOffset('-0700', period.offset),
  offset: ({ period }, text) => formatOffset(text, period.offset),
  fraction: ({ nanoseconds }, text) => formatFraction(text, nanoseconds),
}

/** @param element as in a layout: `Z07:00`, `-0700`, `-07:00:00` ... */
function formatOffset(element: string, offset: number): string {
  if (element.startsWith('Z') && offset === 0) return 'Z'
  const shape = element.slice(1)
  const minutes = Math.trunc(Math.abs(offset) / 60)
  // Go takes the sign from whole minutes: -59 seconds are +00:00.
  const sign = offset <= -60 ? '-' : '+'
  const colon = shape.includes(':') ? ':' : ''
  let text = sign + padded(Math.trunc(minutes / 60), 2)
  if (shape !== '07') text += colon + padded(minutes % 60, 2)
  if (shape === '070000' || shape === '07:00:00') {
    // Only where the sign is taken from the offset too do the seconds lose theirs.
    const seconds = sign === '-' ? -offset % 60 : offset % 60
    text += colon + padded(seconds, 2)
  }
  return text
}

/** `.000` has all its digits, `.999` no trailing zeros. */
function formatFraction(element: string, nanoseconds: number): string {
  const digits = element.length - 1
  if (element[1] === '0') return element.slice(0, 1) + padded(nanoseconds, 9).slice(0, digits)
  const shown = padded(nanoseconds, 9).slice(0, digits).replace(/0+$/, '')
  return shown === '' ? '' : element.slice(0, 1) + shown
}

function hour12({ hour }: ClockTime): number {
  return hour % 12 || 12
}

/** The width is without the sign. */
function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width, '0')}` : String(value).padStart(width, '0')
}
