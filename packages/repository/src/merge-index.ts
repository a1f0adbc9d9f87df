import type { Index, IndexEntry } from './index-model.ts'
import { sortEntries } from './sort-entries.ts'

/** Both indexes in one; where both have a version, to the letter, the first one's entry stays. */
export function mergeIndex(first: Index, second: Index): Index {
  const entries = new Map<string, readonly IndexEntry[]>(first.entries)
  for (const [name, added] of second.entries) {
    const kept = entries.get(name) ?? []
    const versions = new Set(kept.map(({ version }) => version))
    const fresh = added.filter(({ version }) => !versions.has(version))
    if (fresh.length > 0) entries.set(name, sortEntries([...kept, ...fresh]))
  }
  return { ...first, entries, warnings: [...first.warnings, ...second.warnings] }
}

/** The index with these entries in the place of those of the same versions. */
export function withEntries(index: Index, added: readonly IndexEntry[]): Index {
  const entries = new Map<string, readonly IndexEntry[]>(index.entries)
  for (const entry of added) {
    const others = (entries.get(entry.name) ?? []).filter(({ version }) => version !== entry.version)
    entries.set(entry.name, sortEntries([...others, entry]))
  }
  return { ...index, entries }
}
