import type { GoFunction, TimeParts, Value } from '@chartroom/go'
import {
  durationOrZero,
  formatDuration,
  FunctionError,
  GoInt,
  GoTime,
  loadZone,
  parseDuration,
  parseTime,
  utc,
} from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { durationOfSeconds, roundedDuration, toWholeSeconds } from './durations.ts'
import { fixed } from './go-function.ts'

/** Sprig's functions on times and durations. Numbers from values are float64, which Sprig takes for no time and
 * replaces by the current one; only Go's integers are Unix times. */
export function dateFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  const clock = new Clock(ports)
  const inZone = fixed('string any string', (layout: string, date: Value, zone: string) =>
    clock.format(layout, date, zone),
  )
  const modify = fixed('string time', (duration: string, time: GoTime) => time.add(durationOrZero(duration)))
  const mustModify = fixed('string time', (duration: string, time: GoTime) =>
    time.add(parseDuration(duration)),
  )
  return new Map([
    [
      'ago',
      fixed('any', (date: Value) =>
        formatDuration(toWholeSeconds(clock.since(clock.timeOf(date, agoKinds)))),
      ),
    ],
    ['date', fixed('string any', (layout: string, date: Value) => clock.format(layout, date, 'Local'))],
    ['dateInZone', inZone],
    ['date_in_zone', inZone],
    ['dateModify', modify],
    ['date_modify', modify],
    ['duration', fixed('any', (seconds: Value) => formatDuration(durationOfSeconds(seconds)))],
    ['durationRound', fixed('any', (duration: Value) => roundedDuration(clock.durationOf(duration)))],
    ['htmlDate', fixed('any', (date: Value) => clock.format(htmlLayout, date, 'Local'))],
    [
      'htmlDateInZone',
      fixed('any string', (date: Value, zone: string) => clock.format(htmlLayout, date, zone)),
    ],
    ['mustDateModify', mustModify],
    ['must_date_modify', mustModify],
    ['mustToDate', fixed('string string', (layout: string, text: string) => clock.parse(layout, text))],
    ['now', fixed('', () => clock.now())],
    ['toDate', fixed('string string', (layout: string, text: string) => clock.parseOrZero(layout, text))],
    ['unixEpoch', fixed('time', (time: GoTime) => time.parts.seconds.toString())],
  ])
}

const htmlLayout = '2006-01-02'
const dateKinds = ['int', 'int64', 'int32']
const agoKinds = ['int', 'int64']
/** 1 January of the year 1, as Unix time. */
const zeroTime = -62_135_596_800n

class Clock {
  readonly #ports: TemplatePorts

  constructor(ports: TemplatePorts) {
    this.#ports = ports
  }

  now(): GoTime {
    const { seconds, nanoseconds, monotonic } = this.#ports.now()
    return this.#time({ seconds: BigInt(seconds), nanoseconds, zone: this.#ports.zones.local, monotonic })
  }

  /** The time of a value, or the current time for what is none. */
  timeOf(date: Value, integerKinds: readonly string[]): GoTime {
    if (date instanceof GoTime) return date
    if (date instanceof GoInt && integerKinds.includes(date.kind)) {
      return this.#time({ seconds: date.value, nanoseconds: 0, zone: this.#ports.zones.local })
    }
    return this.now()
  }

  format(layout: string, date: Value, zone: string): string {
    return this.timeOf(date, dateKinds)
      .in(loadZone(this.#ports.zones, zone) ?? utc)
      .format(layout)
  }

  since(time: GoTime): bigint {
    return this.now().since(time)
  }

  durationOf(value: Value): bigint {
    if (typeof value === 'string') return durationOrZero(value)
    if (value instanceof GoInt && value.kind === 'int64') return value.value
    return value instanceof GoTime ? this.since(value) : 0n
  }

  parse(layout: string, text: string): GoTime {
    return this.#time(parseTime(layout, text, this.#ports.zones.local))
  }

  parseOrZero(layout: string, text: string): GoTime {
    try {
      return this.parse(layout, text)
    } catch (error) {
      if (error instanceof FunctionError) return this.#time({ seconds: zeroTime, nanoseconds: 0, zone: utc })
      throw error
    }
  }

  #time(parts: Omit<TimeParts, 'local'>): GoTime {
    return new GoTime({ ...parts, local: this.#ports.zones.local })
  }
}
