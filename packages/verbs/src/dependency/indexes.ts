import { createHash } from 'node:crypto'
import { asChartroomError, hasCode } from '@chartroom/errors'
import type { Index, Repository } from '@chartroom/repository'
import type { AddedRepository } from '@chartroom/repository/node'
import { helmPaths, IndexCache } from '@chartroom/repository/node'
import type { Connections } from '../connection.ts'
import { openAddedRepository, openRepository } from '../source/repository.ts'
import { addedAt, shownRepository } from './origin.ts'

export interface IndexesOptions {
  readonly added: readonly AddedRepository[]
  /** Take the indexes that are at hand. */
  readonly skipRefresh?: boolean | undefined
  readonly onProgress?: ((line: string) => void) | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

export interface OpenedRepository {
  readonly repository: Repository
  readonly index: Index
}

/** The classic repositories of one run: each index is fetched once, and kept where Helm keeps it. */
export class Indexes {
  readonly #connections: Connections
  readonly #options: IndexesOptions
  readonly #cache: IndexCache
  readonly #opened = new Map<string, Promise<OpenedRepository>>()

  constructor(connections: Connections, options: IndexesOptions) {
    const { env, platform } = connections.environment
    this.#connections = connections
    this.#options = options
    this.#cache = new IndexCache(helmPaths(env, platform).repositoryCache)
  }

  /** An added repository with its settings, any other by its URL alone. */
  open(url: string): Promise<OpenedRepository> {
    const added = addedAt(url, this.#options.added)
    // The name that helm gives to a repository that was not added.
    const name = added?.name ?? `helm-manager-${createHash('sha256').update(url).digest('hex')}`
    const known = this.#opened.get(name)
    if (known !== undefined) return known
    const opened = this.#open(name, added ?? { name: '', url })
    this.#opened.set(name, opened)
    return opened
  }

  async #open(name: string, entry: AddedRepository): Promise<OpenedRepository> {
    const repository =
      entry.name === '' ? this.#unmanaged(entry) : openAddedRepository(this.#connections, entry)
    const index =
      this.#options.skipRefresh === true ? await this.#cache.read(name) : await this.#update(name, repository)
    for (const warning of index.warnings) this.#options.onWarning?.(`${shown(entry)}: ${warning}`)
    return { repository, index }
  }

  async #update(name: string, repository: Repository): Promise<Index> {
    const { onProgress, onWarning } = this.#options
    const where = JSON.stringify(name.startsWith('helm-manager-') ? shownRepository(repository.url) : name)
    try {
      const index = await this.#cache.update(name, repository)
      onProgress?.(`...Successfully got an update from the ${where} chart repository`)
      return index
    } catch (error) {
      const failure = asChartroomError(error)
      if (!hasCode(failure, 'NETWORK', 'TIMEOUT', 'SERVER_ERROR', 'RATE_LIMITED')) throw error
      const before = await this.#before(name)
      if (before === undefined) throw error
      onWarning?.(`unable to get an update from the ${where} chart repository: ${failure.message}`)
      return before
    }
  }

  async #before(name: string): Promise<Index | undefined> {
    try {
      return await this.#cache.read(name)
    } catch (error) {
      if (hasCode(error, 'NOT_FOUND')) return undefined
      throw error
    }
  }

  // The login of the flags belongs to one host alone.
  #unmanaged(entry: AddedRepository): Repository {
    const { username, password, credentialHost } = this.#connections.options
    const isTheirs = URL.canParse(entry.url) && new URL(entry.url).host === credentialHost
    return isTheirs
      ? openRepository(this.#connections, { ...entry, username }, password)
      : openRepository(this.#connections, entry, undefined)
  }
}

function shown({ name, url }: AddedRepository): string {
  return name === '' ? shownRepository(url) : name
}
