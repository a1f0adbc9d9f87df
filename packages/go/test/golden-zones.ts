import { readFileSync } from 'node:fs'
import type { TimeZones, Zone } from '../src/time/zone.ts'
import { utc } from '../src/time/zone.ts'
import { parseZoneFile } from '../src/time/zone-file.ts'

/** What Go says, written by interop/oracle/time/regenerate.mjs. */
export function golden<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8')) as T[]
}

interface ZoneFile {
  readonly zone: string
  /** base64 of the compiled zone */
  readonly file: string
}

const files = new Map(golden<ZoneFile>('zones').map(({ zone, file }) => [zone, file]))

/** The zones of the golden files, so that no test depends on the database of its machine. */
export const goldenZones: TimeZones = {
  local: utc,
  find(name) {
    const file = files.get(name)
    return file === undefined ? undefined : parseZoneFile(name, new Uint8Array(Buffer.from(file, 'base64')))
  },
}

/** A zone as Go's `Local` under `TZ`. */
export function goldenZone(name: string): Zone {
  // Go's Local is a location of its own, even where it is UTC.
  const zone = name === 'UTC' ? { ...utc } : goldenZones.find(name)
  if (zone === undefined) throw new Error(`golden/zones.json has no ${name}`)
  return zone
}
