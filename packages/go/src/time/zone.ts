/** What is in force in a zone at one time. */
export interface ZonePeriod {
  /** `CET`, `+03`; empty for a zone without a name. */
  readonly abbreviation: string
  /** Seconds east of UTC. */
  readonly offset: number
  readonly isDst: boolean
}

/** Go's `*time.Location`. */
export interface Zone {
  /** As `Location.String()` gives it: `UTC`, `Local`, `Europe/Berlin`; empty for an unnamed fixed offset. */
  readonly name: string
  /** @param seconds Unix time */
  at(seconds: bigint): ZonePeriod
  /** The offset an abbreviation stands for, that of the period in force at the time first. */
  offsetOf(abbreviation: string, seconds: bigint): number | undefined
}

/** The zones a platform knows. */
export interface TimeZones {
  /** What Go calls `time.Local`. */
  readonly local: Zone
  /** A zone of the IANA database; undefined when there is none of that name. */
  find(name: string): Zone | undefined
}

/** Go's `time.FixedZone`. */
export function fixedZone(name: string, offset: number): Zone {
  const period = { abbreviation: name, offset, isDst: false }
  return {
    name,
    at: () => period,
    offsetOf: (abbreviation) => (abbreviation === name ? offset : undefined),
  }
}

export const utc: Zone = fixedZone('UTC', 0)

/** Go's `time.LoadLocation`: undefined where that returns an error. */
export function loadZone(zones: TimeZones, name: string): Zone | undefined {
  if (name === '' || name === 'UTC') return utc
  if (name === 'Local') return zones.local
  if (name.includes('..') || name.startsWith('/') || name.startsWith('\\')) return undefined
  return zones.find(name)
}
