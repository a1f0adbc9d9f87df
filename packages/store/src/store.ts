import { join } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { Digest } from '@chartroom/oci'
import { createBlobs } from './blob.ts'
import type { CatalogOptions } from './catalog.ts'
import { listRepositories } from './catalog.ts'
import type { Failpoint } from './failpoint.ts'
import { noFailpoint } from './failpoint.ts'
import { checkFormat, ensureFormat, removeUnfinishedFormat } from './format.ts'
import type { StoreLimits } from './limits.ts'
import { defaultLimits } from './limits.ts'
import { checkRepositoryName } from './name.ts'
import type { StorePaths } from './path.ts'
import { storePaths } from './path.ts'
import type { RepositoryContext } from './repository.ts'
import { StoreRepository } from './repository.ts'
import { createRevisions } from './revision.ts'
import { Sessions } from './sessions.ts'
import type { TempFolder } from './temp.ts'
import { openTempFolder } from './temp.ts'
import { Writer } from './writer.ts'

export interface StoreOptions {
  /** Nothing is made or changed; a write throws `FORBIDDEN`. */
  readonly readOnly?: boolean | undefined
  readonly limits?: Partial<StoreLimits> | undefined
  /** For crash tests. */
  readonly failpoint?: Failpoint | undefined
}

/** Opens the store in this folder and, unless read-only, makes it where absent and clears what crashed processes left. */
export async function openStore(dir: string, options: StoreOptions = {}): Promise<Store> {
  const paths = storePaths(dir)
  const temp = await (options.readOnly === true ? openReadOnly(paths) : openWritable(paths))
  const limits = { ...defaultLimits, ...options.limits }
  return new Store({ paths, temp, limits, failpoint: options.failpoint ?? noFailpoint })
}

interface StoreParts {
  readonly paths: StorePaths
  readonly temp: TempFolder
  readonly limits: StoreLimits
  readonly failpoint: Failpoint
}

/** Content on disk, shared by all repositories of the store and by any number of processes. */
export class Store {
  readonly dir: string
  readonly #context: RepositoryContext
  readonly #temp: TempFolder
  readonly #repositories = new Map<string, StoreRepository>()

  constructor({ paths, temp, limits, failpoint }: StoreParts) {
    const writer = new Writer(temp, failpoint)
    this.dir = paths.root
    this.#temp = temp
    this.#context = {
      paths,
      limits,
      writer,
      blobs: createBlobs(paths, limits),
      sessions: new Sessions({ paths, writer, limits }),
      revisions: createRevisions(paths),
      open: (name) => this.repository(name),
    }
  }

  /** Throws `USAGE` for a name outside the grammar. Opening makes nothing. */
  repository(name: string): StoreRepository {
    const known = this.#repositories.get(name)
    if (known !== undefined) return known
    checkRepositoryName(name)
    const made = new StoreRepository(name, this.#context)
    this.#repositories.set(name, made)
    if (this.#repositories.size > this.#context.limits.openRepositories) this.#forgetOldest()
    return made
  }

  /** One of this name that holds nothing, whatever is stored: for those who may not read it. */
  emptyRepository(name: string): StoreRepository {
    checkRepositoryName(name)
    const paths = { ...this.#context.paths, repositories: join(this.dir, 'nowhere') }
    return new StoreRepository(name, { ...this.#context, paths })
  }

  /** The names of those that hold a manifest. */
  repositories(options?: CatalogOptions): AsyncIterable<string> {
    return listRepositories(this.#context.paths, options)
  }

  /** A repository that holds the blob, among those the caller may read. */
  async findHolder(
    digest: Digest,
    mayRead: (name: string) => boolean = everywhere,
  ): Promise<StoreRepository | undefined> {
    if (this.#context.blobs.size(digest) === undefined) return undefined
    for await (const name of this.repositories({ unfinished: true })) {
      const candidate = this.repository(name)
      if (mayRead(name) && candidate.blobSize(digest) !== undefined) return candidate
    }
    return undefined
  }

  /** The changes so far in the repositories directly below this namespace, by any process. */
  revision(namespace: string): number {
    return this.#context.revisions.of(namespace)
  }

  /** Ends this process's uploads. */
  async close(): Promise<void> {
    await this.#context.sessions.cancelAll()
    await this.#temp.close()
  }

  #forgetOldest(): void {
    for (const name of this.#repositories.keys()) {
      this.#repositories.delete(name)
      return
    }
  }
}

function everywhere(): boolean {
  return true
}

async function openWritable(paths: StorePaths): Promise<TempFolder> {
  await ensureFormat(paths)
  await removeUnfinishedFormat(paths)
  return openTempFolder(paths.uploads)
}

async function openReadOnly(paths: StorePaths): Promise<TempFolder> {
  await checkFormat(paths)
  function refuse(): never {
    throw new ChartroomError('FORBIDDEN', `the store in ${paths.root} is open for reading only`, {
      hint: 'Open it for writing to change it.',
    })
  }
  return { checkWritable: refuse, next: refuse, restore: async () => refuse(), close: async () => undefined }
}
