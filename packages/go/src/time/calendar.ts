/** Dates in the proleptic Gregorian calendar over the range of Go's time.Time, whose seconds wrap at 64 bits. */
export interface CalendarDate {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
  /** 1 to 366 */
  readonly yearDay: number
  /** 0 is Sunday. */
  readonly weekday: number
}

export interface ClockTime {
  readonly hour: number
  readonly minute: number
  readonly second: number
}

export const secondsPerDay = 86_400
const daysPer400Years = 146_097
/** Go counts from 1 March of a year that no 64-bit Unix time lies before; times wrap there. */
const firstYear = 292_277_022_400
const daysFromMarchOfYear0To1970 = 719_468
const daysFromFirstYear = (firstYear / 400) * daysPer400Years + daysFromMarchOfYear0To1970
const secondsFromFirstYear = BigInt(daysFromFirstYear) * BigInt(secondsPerDay)

/** @param local Unix time with the zone's offset added */
export function dateOf(local: bigint): CalendarDate {
  return dateOfDay(dayOf(local))
}

/** The date of a day counted from 1970-01-01. */
function dateOfDay(day: number): CalendarDate {
  const fromMarch = day + daysFromMarchOfYear0To1970
  const era = Math.floor(fromMarch / daysPer400Years)
  const dayOfEra = fromMarch - era * daysPer400Years
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const date = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  return {
    year,
    month,
    day: date,
    yearDay: daysBefore(month) + (isLeap(year) && month > 2 ? 1 : 0) + date,
    weekday: (((day + 4) % 7) + 7) % 7,
  }
}

/** The day, counted from 1970-01-01, of a Unix time with its offset added. */
function dayOf(local: bigint): number {
  return Number(sinceFirstYear(local) / BigInt(secondsPerDay)) - daysFromFirstYear
}

/** Seconds since midnight. */
function secondOfDay(local: bigint): number {
  return Number(sinceFirstYear(local) % BigInt(secondsPerDay))
}

export function clockOf(local: bigint): ClockTime {
  const second = secondOfDay(local)
  return {
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
  }
}

/** Days from 1970-01-01 to a date; months and days beyond their range flow over, as in Go's time.Date. */
export function daysTo(year: number, month: number, day: number): bigint {
  const carried = year + Math.floor((month - 1) / 12)
  const normal = ((((month - 1) % 12) + 12) % 12) + 1
  const marchYear = normal <= 2 ? carried - 1 : carried
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const monthFromMarch = normal > 2 ? normal - 3 : normal + 9
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5)
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return BigInt(era) * BigInt(daysPer400Years) + BigInt(dayOfEra + day - 1 - daysFromMarchOfYear0To1970)
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function daysIn(month: number, year: number): number {
  return month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 31)
}

/** Days of a common year before a month. */
export function daysBefore(month: number): number {
  let days = 0
  for (let before = 1; before < month; before++) days += monthLengths[before - 1] ?? 0
  return days
}

function sinceFirstYear(local: bigint): bigint {
  return BigInt.asUintN(64, local + secondsFromFirstYear)
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
