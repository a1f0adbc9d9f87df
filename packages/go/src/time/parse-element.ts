import type { LayoutElement, LayoutPart } from './layout.ts'
import { dayNames, monthNames } from './layout.ts'
import { abbreviationLength, readOffset } from './parse-zone.ts'

/** What has been read so far. */
export interface Found {
  year: number
  month?: number
  day?: number
  yearDay?: number
  hour: number
  minute: number
  second: number
  nanoseconds: number
  half?: 'AM' | 'PM'
  isUtc?: boolean
  offset?: number
  abbreviation?: string
  rest: string
  outOfRange: string | undefined
}

/** Reads an element; false where the value does not fit it.
 * @param part the element as the layout writes it
 * @param next what comes after it */
type Reader = (found: Found, part: LayoutPart, next: LayoutPart) => boolean

const shortMonthNames = monthNames.map((name) => name.slice(0, 3))
const shortDayNames = dayNames.map((name) => name.slice(0, 3))
const twoDigits = /^\d\d/
const oneOrTwoDigits = /^\d\d?/

export const elementReaders: Readonly<Record<LayoutElement, Reader>> = {
  2006: (found) => readNumber(found, /^\d{4}/, (year) => (found.year = year)),
  '06': (found) => readNumber(found, /^(?:[+-]\d|\d\d)/, (year) => (found.year = centuryOf(year) + year)),
  January: (found) => readName(found, monthNames, (index) => (found.month = index + 1)),
  Jan: (found) => readName(found, shortMonthNames, (index) => (found.month = index + 1)),
  1: (found) => readMonth(found, oneOrTwoDigits),
  '01': (found) => readMonth(found, twoDigits),
  Monday: (found) => readName(found, dayNames, () => undefined),
  Mon: (found) => readName(found, shortDayNames, () => undefined),
  2: (found) => readNumber(found, oneOrTwoDigits, (day) => (found.day = day)),
  _2: (found) => readNumber(afterSpaces(found, 1), oneOrTwoDigits, (day) => (found.day = day)),
  '02': (found) => readNumber(found, twoDigits, (day) => (found.day = day)),
  __2: (found) => readNumber(afterSpaces(found, 2), /^\d{1,3}/, (day) => (found.yearDay = day)),
  '002': (found) => readNumber(found, /^\d{3}/, (day) => (found.yearDay = day)),
  15: (found) => readHour(found, oneOrTwoDigits, 23),
  3: (found) => readHour(found, oneOrTwoDigits, 12),
  '03': (found) => readHour(found, twoDigits, 12),
  4: (found) => readMinute(found, oneOrTwoDigits),
  '04': (found) => readMinute(found, twoDigits),
  5: (found, _, next) => readSecond(found, oneOrTwoDigits, next),
  '05': (found, _, next) => readSecond(found, twoDigits, next),
  PM: (found) => readHalf(found, 'AM', 'PM'),
  pm: (found) => readHalf(found, 'am', 'pm'),
  offset: (found, part) => readZoneOffset(found, part.text),
  MST: (found) => readAbbreviation(found),
  fraction: (found, part) =>
    part.text[1] === '0' ? readFraction(found, part.text.length) : readAnyFraction(found),
}

/** Two digits from 69 on are years of the last century. */
function centuryOf(year: number): number {
  return year >= 69 ? 1900 : 2000
}

function afterSpaces(found: Found, most: number): Found {
  for (let count = 0; count < most && found.rest.startsWith(' '); count++) found.rest = found.rest.slice(1)
  return found
}

function readMonth(found: Found, shape: RegExp): boolean {
  return readNumber(found, shape, (month) => {
    found.month = month
    if (month < 1 || month > 12) found.outOfRange = 'month'
  })
}

function readHour(found: Found, shape: RegExp, most: number): boolean {
  return readNumber(found, shape, (hour) => {
    found.hour = hour
    if (hour > most) found.outOfRange = 'hour'
  })
}

function readMinute(found: Found, shape: RegExp): boolean {
  return readNumber(found, shape, (minute) => {
    found.minute = minute
    if (minute > 59) found.outOfRange = 'minute'
  })
}

function readNumber(found: Found, shape: RegExp, take: (value: number) => void): boolean {
  const text = shape.exec(found.rest)?.[0]
  if (text === undefined) return false
  found.rest = found.rest.slice(text.length)
  take(Number(text))
  return true
}

function readName(found: Found, names: readonly string[], take: (index: number) => void): boolean {
  const text = found.rest.slice(0, 9).toLowerCase()
  const index = names.findIndex((name) => text.startsWith(name.toLowerCase()))
  if (index < 0) return false
  found.rest = found.rest.slice(names[index]?.length)
  take(index)
  return true
}

function readSecond(found: Found, shape: RegExp, next: LayoutPart): boolean {
  if (!readNumber(found, shape, (second) => (found.second = second))) return false
  if (found.second > 59) {
    found.outOfRange = 'second'
    return true
  }
  // A fraction that the layout does not ask for is taken all the same.
  return next.element === 'fraction' ? true : readAnyFraction(found)
}

function readHalf(found: Found, first: string, second: string): boolean {
  const text = found.rest.slice(0, 2)
  if (text !== first && text !== second) return false
  found.half = text === first ? 'AM' : 'PM'
  found.rest = found.rest.slice(2)
  return true
}

function readZoneOffset(found: Found, element: string): boolean {
  if (element.startsWith('Z') && found.rest.startsWith('Z')) {
    found.rest = found.rest.slice(1)
    found.isUtc = true
    return true
  }
  const reading = readOffset(element, found.rest)
  if (reading === undefined) return false
  found.outOfRange = reading.outOfRange
  if (reading.offset === undefined) return false
  found.offset = reading.offset
  found.rest = found.rest.slice(reading.length)
  return true
}

function readAbbreviation(found: Found): boolean {
  if (found.rest.startsWith('UTC')) {
    found.isUtc = true
    found.rest = found.rest.slice(3)
    return true
  }
  const length = abbreviationLength(found.rest)
  found.abbreviation = found.rest.slice(0, length)
  found.rest = found.rest.slice(length)
  return length > 0
}

/** @param length of the fraction with its point */
function readFraction(found: Found, length: number): boolean {
  const text = found.rest.slice(0, length)
  if (text.length < length || !/^[.,][+-]?\d*$/.test(text.slice(0, 10))) return false
  found.rest = found.rest.slice(length)
  const digitsRead = text.slice(1, 10)
  // A lone sign counts as zero.
  found.nanoseconds = (Number(digitsRead) || 0) * 10 ** (9 - digitsRead.length)
  if (found.nanoseconds < 0) found.outOfRange = 'fractional second'
  return true
}

function readAnyFraction(found: Found): boolean {
  const text = /^[.,]\d+/.exec(found.rest)?.[0]
  return text === undefined || readFraction(found, text.length)
}
