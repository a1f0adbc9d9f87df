import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metadata } from '@chartroom/chart'
import { archiveName } from '@chartroom/chart'
import type { NewContent } from '@chartroom/files'
import { isAlive, prepareDurably, withLock, writeDurably } from '@chartroom/files'
import type { Index, IndexEntry } from '../index-model.ts'
import { emptyIndex } from '../index-model.ts'
import { parseIndex } from '../parse-index.ts'
import type { ArchiveFile, ClassicWriter } from './archive-file.ts'
import { fileOfEntry, indexWithArchives } from './archive-index.ts'

export interface FolderWriterOptions {
  readonly folder: string
  /** Address that the folder is served at; without it addresses in the index are relative. */
  readonly repoUrl?: string | undefined
}

/** A classic repository in a folder: archives are staged under hidden names, then appear with the index. */
export class FolderWriter implements ClassicWriter {
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
  async archive(entry: IndexEntry): Promise<Uint8Array | undefined> {
    const file = fileOfEntry(entry)
    return file === undefined ? undefined : readIfPresent(join(this.folder, file))
  }

  async provenance(entry: IndexEntry): Promise<Uint8Array | undefined> {
    const file = fileOfEntry(entry)
    return file === undefined ? undefined : readIfPresent(join(this.folder, `${file}.prov`))
  }

  async stage(archive: ArchiveFile): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const path = this.#stagedPath(archive)
    this.#staged.add(path)
    await writeDurably(path, archive.bytes)
  }

  /**
   * Moves staged archives to their names and then the index, alone in the folder. All is written before
   * anything is moved: a full disk leaves the folder as it was. Throws `CONFLICT` where another publisher was
   * faster with other content.
   */
  async commit(archives: readonly ArchiveFile[]): Promise<void> {
    if (archives.length === 0 && !(await this.#isLittered())) return
    await withLock(join(this.folder, '.index.lock'), async () => {
      await this.#clear()
      if (archives.length === 0) return
      const contents: NewContent[] = []
      try {
        for await (const content of this.#prepare(archives)) contents.push(content)
        const index = contents.at(-1)
        for (const provenance of contents.slice(0, -1)) await provenance.place()
        for (const archive of archives) await this.#place(archive)
        await index?.place()
      } catch (error) {
        for (const content of contents) await content.discard()
        throw error
      }
    })
  }

  /** Removes what was staged and not committed. */
  async abandon(): Promise<void> {
    for (const path of this.#staged) await rm(path, { force: true })
    this.#staged.clear()
  }

  /** The provenance files, and then the index. */
  async *#prepare(archives: readonly ArchiveFile[]): AsyncGenerator<NewContent> {
    const text = indexWithArchives(await this.#indexText(), archives, {
      repoUrl: this.#repoUrl,
      where: this.folder,
    })
    for (const { metadata, provenance } of archives) {
      if (provenance !== undefined) yield prepareDurably(`${this.#pathOf(metadata)}.prov`, provenance)
    }
    yield prepareDurably(join(this.folder, 'index.yaml'), text)
  }

  async #place(archive: ArchiveFile): Promise<void> {
    const path = this.#pathOf(archive.metadata)
    if (archive.provenance === undefined) await rm(`${path}.prov`, { force: true })
    await rename(this.#stagedPath(archive), path)
    this.#staged.delete(this.#stagedPath(archive))
  }

  async #indexText(): Promise<string | undefined> {
    return (await readIfPresent(join(this.folder, 'index.yaml')))?.toString('utf8')
  }

  #pathOf(metadata: Metadata): string {
    return join(this.folder, archiveName(metadata))
  }

  #stagedPath({ metadata }: ArchiveFile): string {
    return join(this.folder, `.${archiveName(metadata)}.${process.pid}.staged`)
  }

  // What publishers left that were killed.
  async #clear(): Promise<void> {
    for (const name of (await readdir(this.folder)).filter(isLeft))
      await rm(join(this.folder, name), { force: true })
  }

  /** True where a killed publisher may have left something, also one whose charts are all there. */
  async #isLittered(): Promise<boolean> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    return names.some((name) => name === '.index.lock' || isLeft(name))
  }
}

/** A file on its way of a process that has ended. */
function isLeft(name: string): boolean {
  const pid = /\.(\d+)\.(?:staged|tmp)$/.exec(name)?.[1]
  return pid !== undefined && !isAlive(Number(pid))
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
