import type { Index, IndexEntry } from './index-model.ts'
import { sortEntries } from './sort-entries.ts'

/** Both indexes in one; where both have a version, to the letter, the first one's entry stays. */
export function mergeIndex(first: Index, second: Index): Index {
  const entries = new Map<string, readonly IndexEntry[]>(first.entries)
  for (const [name, added] of second.entries) entries.set(name, mergeEntries(entries.get(name) ?? [], added))
  return { ...first, entries, warnings: [...first.warnings, ...second.warnings] }
}

/** The entries of one chart, newest first; `kept` itself where nothing is added. */
export function mergeEntries(
  kept: readonly IndexEntry[],
  added: readonly IndexEntry[],
): readonly IndexEntry[] {
  const versions = new Set(kept.map(({ version }) => version))
  const fresh = added.filter(({ version }) => !versions.has(version))
  return fresh.length === 0 ? kept : sortEntries([...kept, ...fresh])
}

/** The index with these entries in the place of those of the same versions. */
export function withEntries(index: Index, added: readonly IndexEntry[]): Index {
  const entries = new Map<string, readonly IndexEntry[]>(index.entries)
  for (const [name, group] of byName(added)) entries.set(name, replaceEntries(entries.get(name) ?? [], group))
  return { ...index, entries }
}

/** The entries of one chart with these in the place of those of their versions, newest first. */
export function replaceEntries(
  entries: readonly IndexEntry[],
  added: readonly IndexEntry[],
): readonly IndexEntry[] {
  const versions = new Map([...entries, ...added].map((entry) => [entry.version, entry]))
  return sortEntries([...versions.values()])
}

function byName(entries: readonly IndexEntry[]): Map<string, IndexEntry[]> {
  const groups = new Map<string, IndexEntry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.name)
    if (group === undefined) groups.set(entry.name, [entry])
    else group.push(entry)
  }
  return groups
}
