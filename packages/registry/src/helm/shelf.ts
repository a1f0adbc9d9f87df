import type { Descriptor, Digest } from '@chartroom/oci'
import { emptyIndex, formatIndex, sortEntries } from '@chartroom/repository'
import type { StoreRepository } from '@chartroom/store'
import type { ChartEntry } from './entry.ts'
import { lastPart, readEntry } from './entry.ts'

/** The versions of one chart, kept while its repository does not change. */
export class Shelf {
  readonly repository: StoreRepository
  /** Newest first. */
  entries: readonly ChartEntry[] = []
  /** What the index says of this chart; empty without versions. */
  text = ''
  readonly #known = new Map<string, { readonly digest: Digest; readonly entry: ChartEntry | undefined }>()
  #stamp: string | undefined

  constructor(repository: StoreRepository) {
    this.repository = repository
  }

  /** Reads what is new. True when the text is another one. */
  async refresh(): Promise<boolean> {
    const stamp = this.repository.changeStamp()
    if (stamp !== undefined && stamp === this.#stamp) return false
    const entries = await this.#read()
    this.#stamp = stamp
    if (entries.length === this.entries.length && entries.every((one, at) => one === this.entries[at]))
      return false
    this.entries = entries
    this.text = textOf(this.repository, entries)
    return true
  }

  async #read(): Promise<ChartEntry[]> {
    const entries: ChartEntry[] = []
    const tags = this.repository.tagList()
    for (const tag of tags) {
      const found = this.repository.findManifest(tag)
      const entry = found === undefined ? undefined : await this.#entry(tag, found)
      // The archive may have been deleted without its manifest.
      if (entry !== undefined && this.repository.blobSize(entry.content) !== undefined) entries.push(entry)
    }
    const there = new Set(tags)
    for (const tag of this.#known.keys()) if (!there.has(tag)) this.#known.delete(tag)
    return newestFirst(entries)
  }

  async #entry(tag: string, found: Descriptor): Promise<ChartEntry | undefined> {
    const known = this.#known.get(tag)
    if (known?.digest === found.digest) return known.entry
    const entry = await readEntry(this.repository, tag, found)
    this.#known.set(tag, { digest: found.digest, entry })
    return entry
  }
}

function newestFirst(entries: readonly ChartEntry[]): ChartEntry[] {
  const byListed = new Map(entries.map((entry) => [entry.listed, entry]))
  return sortEntries([...byListed.keys()]).flatMap((listed) => byListed.get(listed) ?? [])
}

// Formatted as a part of an index, so that lines are indented, and thereby broken, as they are in a whole one.
function textOf(repository: StoreRepository, entries: readonly ChartEntry[]): string {
  if (entries.length === 0) return ''
  const own = new Map([[lastPart(repository.name), entries.map(({ listed }) => listed)]])
  const text = formatIndex({ ...emptyIndex(), entries: own })
  const start = text.indexOf('\nentries:\n') + '\nentries:\n'.length
  return text.slice(start, text.lastIndexOf('\ngenerated:') + 1)
}
