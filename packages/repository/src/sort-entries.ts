import { compareVersions, parseVersion } from '@chartroom/go'
import type { IndexEntry } from './index-model.ts'

/** Newest first by semantic version; versions that differ in build metadata alone by their text. */
export function sortEntries(entries: readonly IndexEntry[]): IndexEntry[] {
  return entries
    .map((entry) => ({ entry, version: parseVersion(entry.version) }))
    .sort((a, b) => {
      if (a.version === undefined || b.version === undefined) return a.version === undefined ? 1 : -1
      return compareVersions(b.version, a.version) || (a.entry.version < b.entry.version ? 1 : -1)
    })
    .map(({ entry }) => entry)
}
