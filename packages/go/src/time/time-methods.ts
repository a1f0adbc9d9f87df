import type { GoFunction } from '../value/function.ts'
import { FunctionError } from '../value/function.ts'
import { stringBytes } from '../value/byte-string.ts'
import type { GoInt } from '../value/int.ts'
import { goInt } from '../value/int.ts'
import { monthNames } from './layout.ts'
import { goLocation } from './location.ts'
import type { GoLocation } from './location.ts'
import { GoDuration, goMonth, goWeekday, noArguments } from './named-int.ts'
import { quoteBytes } from './parse-error.ts'
import type { GoTime } from './time.ts'
import { utc } from './zone.ts'

/** The methods of time.Time that a template can call: one result, or a result and an error. */
export function timeMethods(time: GoTime): ReadonlyMap<string, GoFunction> {
  return new Map<string, GoFunction>([
    ...calendarMethods(time),
    ...unixMethods(time),
    ...comparingMethods(time),
    ...movingMethods(time),
    ...writingMethods(time),
    ...misfits,
  ])
}

/** The methods with results that templates cannot take, in Go's words. */
const misfits: Methods = [
  misfit('Clock', 'function Clock has 3 return values; should be 1 or 2'),
  misfit('Date', 'function Date has 3 return values; should be 1 or 2'),
  misfit('ISOWeek', `${badSignature('ISOWeek')}int`),
  misfit('Zone', `${badSignature('Zone')}int`),
  misfit('ZoneBounds', `${badSignature('ZoneBounds')}time.Time`),
]

function badSignature(name: string): string {
  return `invalid function signature for ${name}: second return value should be error; is `
}

function misfit(name: string, complaint: string): [string, GoFunction] {
  return [name, { ...noArguments(() => null), misfit: complaint }]
}

type Methods = Array<[string, GoFunction]>

function calendarMethods(time: GoTime): Methods {
  const { seconds, nanoseconds, zone } = time.parts
  return [
    ['Day', noArguments(() => goInt(time.date.day))],
    ['Hour', noArguments(() => goInt(time.clock.hour))],
    ['IsDST', noArguments(() => zone.at(seconds).isDst)],
    ['Location', noArguments(() => goLocation(zone))],
    ['Minute', noArguments(() => goInt(time.clock.minute))],
    ['Month', noArguments(() => goMonth(time.date.month))],
    ['Nanosecond', noArguments(() => goInt(nanoseconds))],
    ['Second', noArguments(() => goInt(time.clock.second))],
    ['Weekday', noArguments(() => goWeekday(time.date.weekday))],
    ['Year', noArguments(() => goInt(time.date.year))],
    ['YearDay', noArguments(() => goInt(time.date.yearDay))],
  ]
}

/** All of them wrap at 64 bits. */
function unixMethods(time: GoTime): Methods {
  const { seconds, nanoseconds } = time.parts
  const inUnits = (unit: bigint) =>
    goInt(seconds * unit + (BigInt(nanoseconds) * unit) / 1_000_000_000n, 'int64')
  return [
    ['Unix', noArguments(() => inUnits(1n))],
    ['UnixMicro', noArguments(() => inUnits(1_000_000n))],
    ['UnixMilli', noArguments(() => inUnits(1_000n))],
    ['UnixNano', noArguments(() => inUnits(1_000_000_000n))],
  ]
}

function comparingMethods(time: GoTime): Methods {
  return [
    ['After', taking('time', (other: GoTime) => time.compare(other) > 0)],
    ['Before', taking('time', (other: GoTime) => time.compare(other) < 0)],
    ['Compare', taking('time', (other: GoTime) => goInt(time.compare(other)))],
    ['Equal', taking('time', (other: GoTime) => time.compare(other) === 0)],
    ['IsZero', noArguments(() => time.sinceYear1 === 0n && time.parts.nanoseconds === 0)],
    ['Sub', taking('time', (other: GoTime) => new GoDuration(time.since(other)))],
  ]
}

function movingMethods(time: GoTime): Methods {
  return [
    ['Add', taking('duration', (duration: GoDuration) => time.add(duration.integer))],
    ['AddDate', { parameters: ['int', 'int', 'int'], variadic: false, call: addDate(time) }],
    ['In', taking('location', (location: GoLocation | null) => inLocation(time, location))],
    ['Local', noArguments(() => time.in(time.parts.local))],
    ['Round', taking('duration', (unit: GoDuration) => round(time, unit.integer))],
    ['Truncate', taking('duration', (unit: GoDuration) => truncate(time, unit.integer))],
    ['UTC', noArguments(() => time.in(utc))],
  ]
}

function writingMethods(time: GoTime): Methods {
  const quoted = () => stringBytes(`"${time.marshalText('Time.MarshalJSON')}"`)
  return [
    ['AppendFormat', { parameters: ['bytes', 'string'], variadic: false, call: appendFormat(time) }],
    ['Format', taking('string', (layout: string) => time.format(layout))],
    ['GoString', noArguments(() => goString(time))],
    ['MarshalJSON', noArguments(quoted)],
    ['MarshalText', noArguments(() => stringBytes(time.marshalText('Time.MarshalText')))],
    ['String', noArguments(time.text)],
  ]
}

function taking(
  parameter: 'duration' | 'time' | 'string' | 'location',
  call: GoFunction['call'],
): GoFunction {
  return { parameters: [parameter], variadic: false, call }
}

function inLocation(time: GoTime, location: GoLocation | null): GoTime {
  if (location === null) throw new FunctionError('time: missing Location in call to Time.In')
  return time.in(location.zone)
}

function addDate(time: GoTime) {
  return (years: GoInt, months: GoInt, days: GoInt) =>
    time.addDate(Number(years.value), Number(months.value), Number(days.value))
}

function appendFormat(time: GoTime) {
  return (start: Uint8Array, layout: string) => {
    const added = stringBytes(time.format(layout))
    const whole = new Uint8Array(start.length + added.length)
    whole.set(start)
    whole.set(added, start.length)
    return whole
  }
}

function truncate(time: GoTime, unit: bigint): GoTime {
  const wall = time.wall()
  return unit <= 0n ? wall : wall.add(-wall.remainder(unit))
}

/** Halves round up. */
function round(time: GoTime, unit: bigint): GoTime {
  const wall = time.wall()
  if (unit <= 0n) return wall
  const remainder = wall.remainder(unit)
  return wall.add(remainder * 2n < unit ? -remainder : unit - remainder)
}

function goString(time: GoTime): string {
  const { year, month, day } = time.date
  const { hour, minute, second } = time.clock
  const { zone, local, nanoseconds } = time.parts
  const place =
    zone === utc ? 'time.UTC' : zone === local ? 'time.Local' : `time.Location(${quoteBytes(zone.name)})`
  return `time.Date(${year}, time.${monthNames[month - 1] ?? ''}, ${day}, ${hour}, ${minute}, ${second}, ${nanoseconds}, ${place})`
}
