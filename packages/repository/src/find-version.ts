import { parseConstraint, parseStrictVersion, parseVersion } from '@chartroom/go'
import type { Index, IndexEntry } from './index-model.ts'

/**
 * The entry for a version or range, or undefined; an empty range stands for the newest stable version. As
 * Helm's Get, but a full version that is absent is absent: no other is taken in its place. Throws `USAGE`.
 */
export function findVersion(index: Index, name: string, wanted = ''): IndexEntry | undefined {
  const range = wanted === '' ? '*' : wanted
  const entries = index.entries.get(name) ?? []
  const exact = entries.find(({ version }) => version === range)
  if (exact !== undefined || parseStrictVersion(range) !== undefined) return exact
  const constraint = parseConstraint(range)
  return entries.find((entry) => {
    const version = parseVersion(entry.version)
    return version !== undefined && constraint.check(version)
  })
}
