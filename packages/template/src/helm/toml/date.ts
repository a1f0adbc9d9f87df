import type { Value, Zone } from '@chartroom/go'
import { fixedZone, GoTime, parseTime } from '@chartroom/go'
import type { TomlDate } from 'smol-toml'

/** What TOML's dates without an offset are taken to be in. */
export interface TomlClock {
  /** Go's `time.Local`. */
  readonly local: Zone
  /** Seconds east of UTC that are in force there now: BurntSushi takes them for every local date. */
  readonly offset: number
}

/** BurntSushi tells local dates from others by the names of their zones. */
const localLayouts: ReadonlyMap<string, string> = new Map([
  ['datetime-local', '2006-01-02T15:04:05.999999999'],
  ['date-local', '2006-01-02'],
  ['time-local', '15:04:05.999999999'],
])
const rfc3339Nano = '2006-01-02T15:04:05.999999999Z07:00'

/** A date as Go's `time.Time`. The parser keeps milliseconds. */
export function readDate(date: TomlDate, { local, offset }: TomlClock): Value {
  const text = date.toISOString()
  if (!date.isLocal()) return new GoTime({ ...parseTime(rfc3339Nano, text, local), local })
  const name = date.isDateTime() ? 'datetime-local' : date.isDate() ? 'date-local' : 'time-local'
  const layout = localLayouts.get(name) ?? rfc3339Nano
  return new GoTime({ ...parseTime(layout, text, fixedZone(name, offset)), local })
}

export function formatDate(time: GoTime): string {
  const layout = localLayouts.get(time.parts.zone.name)
  return layout === undefined ? time.format(rfc3339Nano) : time.format(layout)
}
