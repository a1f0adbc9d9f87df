import { compareVersions, parseVersion } from '@chartroom/go'
import type { IndexEntry } from './index-model.ts'

/**
 * Newest first by semantic version, then what is none; versions that differ in build metadata alone by their
 * text. Entries of one version stay in their order: the first is the one that is found.
 */
export function sortEntries(entries: readonly IndexEntry[]): IndexEntry[] {
  return entries
    .map((entry) => ({ entry, version: parseVersion(entry.version) }))
    .sort((a, b) => {
      if (a.version === undefined || b.version === undefined)
        return Number(a.version === undefined) - Number(b.version === undefined)
      return compareVersions(b.version, a.version) || compareText(b.entry.version, a.entry.version)
    })
    .map(({ entry }) => entry)
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
