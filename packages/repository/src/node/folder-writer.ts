import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metadata } from '@chartroom/chart'
import { archiveName } from '@chartroom/chart'
import { formatRfc3339Nano } from '@chartroom/go'
import { digestOf } from '@chartroom/oci'
import { entryOf } from '../entry-of.ts'
import { formatIndex } from '../format-index.ts'
import type { Index, IndexEntry } from '../index-model.ts'
import { emptyIndex } from '../index-model.ts'
import { IndexText } from '../index-text.ts'
import { replaceEntries, withEntries } from '../merge-index.ts'
import { parseIndex } from '../parse-index.ts'
import { withLock } from './lock.ts'
import { isAlive } from './process.ts'
import { writeDurably } from './write-file.ts'

export interface ArchiveFile {
  readonly metadata: Metadata
  readonly bytes: Uint8Array
  readonly provenance?: Uint8Array | undefined
}

export interface FolderWriterOptions {
  readonly folder: string
  /** Address that the folder is served at; without it addresses in the index are relative. */
  readonly repoUrl?: string | undefined
}

/** A classic repository in a folder: archives are staged under hidden names, then appear with the index. */
export class FolderWriter {
  readonly folder: string
  readonly #repoUrl: string | undefined
  readonly #staged = new Set<string>()

  constructor({ folder, repoUrl }: FolderWriterOptions) {
    this.folder = folder
    this.#repoUrl = repoUrl
  }

  /** The index on disk; empty where there is none. */
  async index(): Promise<Index> {
    const text = await this.#indexText()
    return text === undefined ? emptyIndex() : parseIndex(text)
  }

  /** The archive of an entry, where it lies in this folder. */
  async archive({ urls: [url = ''] }: IndexEntry): Promise<Uint8Array | undefined> {
    return readIfPresent(join(this.folder, fileOf(url)))
  }

  async provenance({ urls: [url = ''] }: IndexEntry): Promise<Uint8Array | undefined> {
    return readIfPresent(join(this.folder, `${fileOf(url)}.prov`))
  }

  async stage(archive: ArchiveFile): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const path = this.#stagedPath(archive)
    this.#staged.add(path)
    await writeDurably(path, archive.bytes)
  }

  /** Moves staged archives to their names and then the index, alone in the folder. */
  async commit(archives: readonly ArchiveFile[]): Promise<void> {
    if (archives.length === 0) return
    await withLock(join(this.folder, '.index.lock'), async () => {
      await this.#clear()
      const text = await this.#indexText()
      for (const archive of archives) await this.#place(archive)
      await writeDurably(join(this.folder, 'index.yaml'), this.#withArchives(text, archives))
    })
  }

  /** Removes what was staged and not committed. */
  async abandon(): Promise<void> {
    for (const path of this.#staged) await rm(path, { force: true })
    this.#staged.clear()
  }

  async #place(archive: ArchiveFile): Promise<void> {
    const path = join(this.folder, archiveName(archive.metadata))
    if (archive.provenance === undefined) await rm(`${path}.prov`, { force: true })
    else await writeDurably(`${path}.prov`, archive.provenance)
    await rename(this.#stagedPath(archive), path)
    this.#staged.delete(this.#stagedPath(archive))
  }

  async #indexText(): Promise<string | undefined> {
    return (await readIfPresent(join(this.folder, 'index.yaml')))?.toString('utf8')
  }

  #withArchives(before: string | undefined, archives: readonly ArchiveFile[]): string {
    const generated = formatRfc3339Nano(new Date())
    const text = before === undefined ? undefined : IndexText.read(before)
    if (text !== undefined) {
      for (const archive of archives) {
        text.change(archive.metadata.name, (entries) =>
          replaceEntries(entries, [this.#entry(archive, entries)]),
        )
      }
      return text.format(generated)
    }
    const index = before === undefined ? emptyIndex() : parseIndex(before)
    const entries = archives.map((one) => this.#entry(one, index.entries.get(one.metadata.name) ?? []))
    return formatIndex({ ...withEntries(index, entries), generated })
  }

  #entry({ metadata, bytes }: ArchiveFile, entries: readonly IndexEntry[]): IndexEntry {
    const digest = digestOf(bytes).slice('sha256:'.length)
    const before = entries.find(({ version }) => version === metadata.version)
    const created = before?.digest === digest ? before.created : undefined
    const file = archiveName(metadata)
    return entryOf(metadata, {
      url: this.#repoUrl === undefined ? file : `${this.#repoUrl.replace(/\/+$/, '')}/${file}`,
      created: created ?? formatRfc3339Nano(new Date()),
      digest,
    })
  }

  #stagedPath({ metadata }: ArchiveFile): string {
    return join(this.folder, `.${archiveName(metadata)}.${process.pid}.staged`)
  }

  // What publishers left that were killed.
  async #clear(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const pid = /\.(\d+)\.(?:staged|tmp)$/.exec(name)?.[1]
      if (pid !== undefined && !isAlive(Number(pid))) await rm(join(this.folder, name), { force: true })
    }
  }
}

// The last part of the address: archives of this writer lie right in the folder.
function fileOf(url: string): string {
  const name =
    decodeURIComponent(url.replace(/[?#].*$/, ''))
      .split('/')
      .at(-1) ?? ''
  return name === '' || name.startsWith('.') ? 'index.yaml' : name
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
