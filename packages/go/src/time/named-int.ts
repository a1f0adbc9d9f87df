import type { GoFunction } from '../value/function.ts'
import { goInt } from '../value/int.ts'
import type { GoObject } from '../value/object.ts'
import type { Value } from '../value/value.ts'
import {
  clampDuration,
  formatDuration,
  hour,
  minute,
  roundDuration,
  second,
  truncateDuration,
} from './duration.ts'
import { dayNames, monthNames } from './layout.ts'

const noFields: ReadonlyMap<string, Value> = new Map()

/** A Go integer type that has a name and a `String` method: `time.Duration`, `time.Month`. */
class NamedInt implements GoObject {
  readonly goType: string
  readonly goKind: 'int' | 'int64'
  readonly fields = noFields
  /** The number itself. */
  readonly integer: bigint
  readonly text: () => string

  constructor(goType: string, integer: bigint, text: () => string) {
    this.goType = goType
    this.goKind = goType === 'time.Duration' ? 'int64' : 'int'
    this.integer = integer
    this.text = text
  }

  get methods(): ReadonlyMap<string, GoFunction> {
    return textMethod(this.text)
  }
}

/** Go's `time.Duration`. */
export class GoDuration extends NamedInt {
  /** @param nanoseconds within 64 bits */
  constructor(nanoseconds: bigint) {
    super('time.Duration', nanoseconds, () => formatDuration(nanoseconds))
  }

  override get methods(): ReadonlyMap<string, GoFunction> {
    return durationMethods(this)
  }
}

export function goMonth(month: number): GoObject {
  const text = () => monthNames[month - 1] ?? `%!Month(${BigInt.asUintN(64, BigInt(month))})`
  return new NamedInt('time.Month', BigInt(month), text)
}

export function goWeekday(day: number): GoObject {
  const text = () => dayNames[day] ?? `%!Weekday(${BigInt.asUintN(64, BigInt(day))})`
  return new NamedInt('time.Weekday', BigInt(day), text)
}

function durationMethods(duration: GoDuration): ReadonlyMap<string, GoFunction> {
  const { integer } = duration
  return new Map<string, GoFunction>([
    ...textMethod(duration.text),
    ['Abs', noArguments(() => new GoDuration(clampDuration(integer < 0n ? -integer : integer)))],
    ['Hours', noArguments(() => inUnits(integer, hour))],
    ['Minutes', noArguments(() => inUnits(integer, minute))],
    ['Seconds', noArguments(() => inUnits(integer, second))],
    ['Milliseconds', noArguments(() => goInt(integer / 1_000_000n, 'int64'))],
    ['Microseconds', noArguments(() => goInt(integer / 1_000n, 'int64'))],
    ['Nanoseconds', noArguments(() => goInt(integer, 'int64'))],
    ['Round', durationArgument((unit) => new GoDuration(roundDuration(integer, unit)))],
    ['Truncate', durationArgument((unit) => new GoDuration(truncateDuration(integer, unit)))],
  ])
}

/** Go divides the rest as float64, so that whole units stay exact. */
function inUnits(nanoseconds: bigint, unit: bigint): number {
  return Number(nanoseconds / unit) + Number(nanoseconds % unit) / Number(unit)
}

export function textMethod(text: () => string): ReadonlyMap<string, GoFunction> {
  return new Map([['String', noArguments(text)]])
}

export function noArguments(call: () => Value): GoFunction {
  return { parameters: [], variadic: false, call }
}

function durationArgument(call: (unit: bigint) => Value): GoFunction {
  return { parameters: ['duration'], variadic: false, call: (unit: GoDuration) => call(unit.integer) }
}
