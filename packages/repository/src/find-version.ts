import { parseConstraint, parseStrictVersion, parseVersion } from '@chartroom/go'
import type { Index, IndexEntry } from './index-model.ts'

/**
 * The entry for a version or range, or undefined. As Helm's Get, but a full version that is absent is
 * absent: no other is taken in its place.
 */
export function findVersion(index: Index, name: string, range = '*'): IndexEntry | undefined {
  const entries = index.entries.get(name) ?? []
  const exact = entries.find(({ version }) => version === range)
  if (exact !== undefined || parseStrictVersion(range) !== undefined) return exact
  const constraint = parseConstraint(range)
  return entries.find((entry) => {
    const version = parseVersion(entry.version)
    return version !== undefined && constraint.check(version)
  })
}
