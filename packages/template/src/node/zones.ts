import { readFileSync, statSync } from 'node:fs'
import type { TimeZones, Zone } from '@chartroom/go'
import { intlZones, parseZoneFile, utc } from '@chartroom/go'

/** Where systems keep the IANA database, as Go looks for it. */
const folders = ['/usr/share/zoneinfo', '/usr/share/lib/zoneinfo', '/usr/lib/locale/TZ', '/etc/zoneinfo']
const largestFile = 1024 * 1024

/** Go's Local is a location of its own, even where it is UTC. */
const localUtc: Zone = { ...utc }

interface Environment {
  readonly TZ?: string | undefined
  readonly ZONEINFO?: string | undefined
}

/** Zones from the system's files, and from `Intl` where it has none. Each is read once. */
export function createNodeZones(environment: Environment): TimeZones {
  const known = new Map<string, Zone | undefined>()
  let local: Zone | undefined
  const find = (name: string) => {
    if (!known.has(name)) known.set(name, findZone(name, environment.ZONEINFO))
    return known.get(name)
  }
  return {
    get local() {
      local ??= findLocal(environment.TZ, find)
      return local
    },
    find,
  }
}

function findZone(name: string, own: string | undefined): Zone | undefined {
  const all = own === undefined || own === '' ? folders : [own, ...folders]
  for (const folder of all) {
    const zone = readZone(name, `${folder}/${name}`)
    if (zone !== undefined) return zone
  }
  return all.some(isFolder) ? undefined : intlZones.find(name)
}

/** Go's rules for `TZ`: unset is the system's zone, a path is a file, and what cannot be read is UTC. */
function findLocal(setting: string | undefined, find: TimeZones['find']): Zone {
  if (setting === undefined) {
    if (process.platform === 'win32') return intlZones.local
    return readZone('Local', '/etc/localtime') ?? localUtc
  }
  const name = setting.startsWith(':') ? setting.slice(1) : setting
  if (name === '' || name === 'UTC') return localUtc
  if (!name.startsWith('/')) return find(name) ?? localUtc
  return readZone(name === '/etc/localtime' ? 'Local' : name, name) ?? localUtc
}

function readZone(name: string, path: string): Zone | undefined {
  const found = statOf(path)
  if (found === undefined || !found.isFile() || found.size > largestFile) return undefined
  return parseZoneFile(name, readFileSync(path))
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true
}

/** Undefined for all that cannot be read: templates name zones, and any text has to be taken. */
function statOf(path: string) {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
