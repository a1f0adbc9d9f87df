import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Digest } from '@chartroom/oci'
import { emptyIndex, formatIndex } from '@chartroom/repository'
import type { Store, StoreRepository } from '@chartroom/store'
import type { Caller } from '../access/caller.ts'
import { limits } from '../limits.ts'
import { Shelf } from './shelf.ts'
import { Views } from './view.ts'

/** The index of a namespace as it is sent, and the files it names. */
export interface NamespaceIndex {
  readonly yaml: Uint8Array
  readonly gzip: Uint8Array
  /** Of the YAML, without quotes. The same for the same charts, in every process. */
  readonly tag: string
  readonly files: ReadonlyMap<string, ChartFiles>
  /** The names of those it was made of, also of those without a chart. */
  readonly repositories: readonly string[]
}

export interface ChartFiles {
  readonly repository: StoreRepository
  readonly content: Digest
  readonly provenance: Digest | undefined
}

type Found = NamespaceIndex | undefined

/** The charts directly below one path, as a classic repository. Follows pushes, also those of other processes. */
export class Namespace {
  readonly #store: Store
  readonly #name: string
  readonly #shelves = new Map<string, Shelf>()
  readonly #views = new Views<NamespaceIndex>()
  #index: NamespaceIndex | undefined
  #revision = -1
  #checked = 0
  #refreshing: Promise<void> | undefined

  constructor(store: Store, name: string) {
    this.#store = store
    this.#name = name
  }

  /** What the caller may read of it; undefined where that is nothing. At once while nothing changed. */
  index(caller: Caller): Found | Promise<Found> {
    const whole = this.#whole()
    if (caller.readsAll) return whole
    return whole instanceof Promise
      ? whole.then((index) => this.#view(index, caller))
      : this.#view(whole, caller)
  }

  #view(whole: NamespaceIndex, caller: Caller): Found | Promise<Found> {
    const visible = whole.repositories.filter((name) => caller.may('pull', name))
    // The root is there even where it is empty; another namespace shows by its charts alone that it exists.
    if (visible.length === 0 && (this.#name !== '' || caller.challenge !== undefined)) return undefined
    if (visible.length === whole.repositories.length) return whole
    return this.#views.get(visible.join(' '), () =>
      assemble(visible.flatMap((name) => this.#shelves.get(name) ?? [])),
    )
  }

  #whole(): NamespaceIndex | Promise<NamespaceIndex> {
    const revision = this.#store.revision(this.#name)
    // A process that was killed between a change and its count is found out by looking now and then.
    const fresh = this.#revision >= revision && Date.now() - this.#checked < limits.indexCheckMs
    return fresh && this.#index !== undefined ? this.#index : this.#indexOf(revision)
  }

  async #indexOf(revision: number): Promise<NamespaceIndex> {
    const since = Date.now()
    for (;;) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = undefined
      })
      await this.#refreshing
      const current = this.#revision >= revision && this.#checked >= since - limits.indexCheckMs
      if (this.#index !== undefined && current) return this.#index
    }
  }

  async #refresh(): Promise<void> {
    // Before anything is looked at: what changes meanwhile counts as new afterwards.
    const revision = this.#store.revision(this.#name)
    const checked = Date.now()
    const changed = await this.#refreshShelves()
    if (changed) this.#views.clear()
    if (changed || this.#index === undefined) this.#index = await assemble([...this.#shelves.values()])
    this.#revision = revision
    this.#checked = checked
  }

  async #refreshShelves(): Promise<boolean> {
    const there = new Set<string>()
    let changed = false
    for await (const name of this.#store.repositories({
      namespace: this.#name,
      direct: true,
      unfinished: true,
    })) {
      there.add(name)
      const shelf = this.#shelves.get(name) ?? new Shelf(this.#store.repository(name))
      this.#shelves.set(name, shelf)
      changed = (await shelf.refresh()) || changed
    }
    for (const name of this.#shelves.keys()) {
      if (!there.has(name)) changed = this.#shelves.delete(name) || changed
    }
    return changed
  }
}

const compress = promisify(gzip)

async function assemble(shelves: readonly Shelf[]): Promise<NamespaceIndex> {
  const filled = shelves
    .filter(({ text }) => text !== '')
    .sort((a, b) => (a.repository.name < b.repository.name ? -1 : 1))
  const yaml = Buffer.from(joined(filled))
  // Before anything is waited for: the shelves change when they are looked through again.
  const files = new Map(filled.flatMap(filesOf))
  const tag = createHash('sha256').update(yaml).digest('hex').slice(0, 32)
  const repositories = shelves.map(({ repository }) => repository.name)
  return { yaml, gzip: await compress(yaml), tag, files, repositories }
}

// An index whose text is put together from that of its charts: most did not change.
function joined(shelves: readonly Shelf[]): string {
  const created = shelves.flatMap(({ entries }) => entries.map(({ listed }) => listed.created ?? ''))
  const empty = formatIndex({ ...emptyIndex(), generated: created.reduce(later, '1970-01-01T00:00:00Z') })
  if (shelves.length === 0) return empty
  return empty.replace('entries: {}\n', () => `entries:\n${shelves.map(({ text }) => text).join('')}`)
}

function later(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? b : a
}

function filesOf({ entries, repository }: Shelf): [string, ChartFiles][] {
  return entries.map(({ content, file, provenance }) => [file, { repository, content, provenance }])
}
