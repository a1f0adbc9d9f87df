import { setTimeout as sleep } from 'node:timers/promises'
import { archiveName } from '@chartroom/chart'
import { ChartroomError, hasCode, redactUrl } from '@chartroom/errors'
import type { Index, IndexEntry } from '../../index-model.ts'
import { limits } from '../../limits.ts'
import type { ArchiveFile, ClassicWriter } from '../archive-file.ts'
import { fileOfEntry, indexWithArchives } from '../archive-index.ts'
import type { BranchView } from './branch-view.ts'
import { readView, writeView } from './branch-view.ts'
import { commitMessage } from './commit-message.ts'
import type { GitOptions } from './git.ts'
import { regularFile } from './tree.ts'
import { WorkCopy } from './work-copy.ts'

export interface BranchWriterOptions extends Omit<GitOptions, 'idleTimeout'> {
  /** Address that the branch is served at; without it addresses in the index are relative. */
  readonly repoUrl?: string | undefined
  readonly idleTimeout?: number | undefined
  /** Times that the branch is built anew; default 30. */
  readonly pushTries?: number | undefined
}

/**
 * A classic repository on a branch. Each commit is built on the commit that the branch is at; where another
 * publisher was faster it is built anew on theirs.
 */
export class BranchWriter implements ClassicWriter {
  readonly #options: GitOptions
  readonly #repoUrl: string | undefined
  readonly #where: string
  readonly #pushTries: number
  #copy: Promise<WorkCopy> | undefined
  #view: Promise<BranchView> | undefined
  #mayPush: Promise<void> | undefined

  constructor({ repoUrl, idleTimeout = limits.gitIdle, pushTries, ...options }: BranchWriterOptions) {
    this.#pushTries = pushTries ?? limits.pushTries
    const { url, branch, folder } = options.address
    this.#options = { ...options, idleTimeout }
    this.#repoUrl = repoUrl
    this.#where = `${redactUrl(url)}#${[branch, ...(folder.length === 0 ? [] : [folder.join('/')])].join(':')}`
  }

  async index(): Promise<Index> {
    return (await this.#current()).index()
  }

  async archive(entry: IndexEntry): Promise<Uint8Array | undefined> {
    return this.#read(fileOfEntry(entry), '', limits.archiveBytes)
  }

  async provenance(entry: IndexEntry): Promise<Uint8Array | undefined> {
    return this.#read(fileOfEntry(entry), '.prov', limits.provenanceBytes)
  }

  async holds(entry: IndexEntry, file: Pick<ArchiveFile, 'bytes' | 'provenance'>): Promise<boolean> {
    const name = fileOfEntry(entry)
    return name !== undefined && this.#has(await this.#current(), { ...file, name }, await this.#opened())
  }

  /** Makes git's objects, which nobody sees, and makes sure that the branch may be pushed at all. */
  async stage({ bytes, provenance }: ArchiveFile): Promise<void> {
    const copy = await this.#opened()
    this.#mayPush ??= copy.checkPush()
    await this.#mayPush
    await copy.writeBlob(bytes)
    if (provenance !== undefined) await copy.writeBlob(provenance)
  }

  /** Throws `STORE_BUSY` when others were faster again and again. */
  async commit(archives: readonly ArchiveFile[]): Promise<void> {
    if (archives.length === 0) return
    const copy = await this.#opened()
    let view = await this.#current()
    for (let attempt = 0; attempt < this.#pushTries; attempt++) {
      const start = Date.now()
      if (await this.#put(copy, view, archives)) {
        // What readers find now is read anew.
        this.#view = undefined
        return
      }
      await this.#pause(attempt, Date.now() - start)
      await copy.refresh()
      view = await readView(copy, this.#place())
    }
    throw new ChartroomError('STORE_BUSY', `others publish to ${this.#where} without a pause`, {
      op: 'commit',
      hint: 'Run the same command again.',
    })
  }

  abandon(): Promise<void> {
    return this.close()
  }

  async close(): Promise<void> {
    const copy = this.#copy
    this.#copy = undefined
    this.#view = undefined
    // One that could not be opened has removed its folder.
    await (await copy?.catch(() => undefined))?.close()
  }

  /** False where another publisher was faster. */
  async #put(copy: WorkCopy, view: BranchView, archives: readonly ArchiveFile[]): Promise<boolean> {
    const missing = archives.filter((archive) => !this.#stands(copy, view, archive))
    if (missing.length === 0) return true
    const text = indexWithArchives(view.indexText, missing, {
      repoUrl: this.#repoUrl,
      where: this.#where,
    })
    const files = new Map<string, string | undefined>()
    for (const { metadata, bytes, provenance } of missing) {
      const name = archiveName(metadata)
      files.set(name, copy.blobId(bytes))
      files.set(`${name}.prov`, provenance && copy.blobId(provenance))
    }
    files.set('index.yaml', await copy.writeBlob(Buffer.from(text)))
    const tree = await writeView(copy, view, { ...this.#place(), files })
    const commit = await copy.writeCommit({ tree, parent: view.head, message: commitMessage(missing) })
    try {
      return (await copy.push(commit, view.head)) === 'pushed'
    } catch (error) {
      // The answer may have been lost, not the push.
      if (hasCode(error, 'NETWORK', 'SERVER_ERROR', 'TIMEOUT') && (await isThere(copy, commit))) return true
      throw error
    }
  }

  /** Whether the branch has archive and entry already: put there by this run, or by another one with the same. */
  #stands(copy: WorkCopy, view: BranchView, archive: ArchiveFile): boolean {
    const { name, version } = archive.metadata
    const file = archiveName(archive.metadata)
    if (!this.#has(view, { ...archive, name: file }, copy)) return false
    const entry = view
      .index()
      .entries.get(name)
      ?.find((one) => one.version === version)
    return entry !== undefined && fileOfEntry(entry) === file
  }

  #has({ files }: BranchView, { name, bytes, provenance }: NamedFile, copy: WorkCopy): boolean {
    return (
      regularFile(files, name, this.#where)?.id === copy.blobId(bytes) &&
      regularFile(files, `${name}.prov`, this.#where)?.id === (provenance && copy.blobId(provenance))
    )
  }

  async #read(file: string | undefined, ending: string, maxBytes: number): Promise<Uint8Array | undefined> {
    if (file === undefined) return undefined
    const entry = regularFile((await this.#current()).files, `${file}${ending}`, this.#where)
    return entry === undefined ? undefined : (await this.#opened()).blob(entry.id, maxBytes)
  }

  #opened(): Promise<WorkCopy> {
    this.#copy ??= WorkCopy.open(this.#options)
    return this.#copy
  }

  #current(): Promise<BranchView> {
    this.#view ??= this.#look()
    return this.#view
  }

  async #look(): Promise<BranchView> {
    const isOpen = this.#copy !== undefined
    const copy = await this.#opened()
    if (isOpen) await copy.follow()
    return readView(copy, this.#place())
  }

  #place(): { readonly folder: readonly string[]; readonly where: string } {
    return { folder: this.#options.address.folder, where: this.#where }
  }

  // As long as an attempt takes, times a number that grows with the crowd: so that not all come back at once.
  async #pause(attempt: number, took: number): Promise<void> {
    const span = Math.min(Math.max(took, 50), 3000) * Math.min(2 ** attempt, 8)
    await sleep(Math.random() * span, undefined, { signal: this.#options.signal })
  }
}

interface NamedFile extends Pick<ArchiveFile, 'bytes' | 'provenance'> {
  readonly name: string
}

// A remote that cannot be asked either leaves the first error standing, which says why.
async function isThere(copy: WorkCopy, commit: string): Promise<boolean> {
  return copy.remoteHead().then(
    (head) => head === commit,
    () => false,
  )
}
