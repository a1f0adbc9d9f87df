import { ChartroomError, Secret } from '@chartroom/errors'
import type { Digest } from '@chartroom/oci'
import type { Index, IndexEntry } from '@chartroom/repository'
import { findVersion, Repository } from '@chartroom/repository'
import type { AddedRepository } from '@chartroom/repository/node'
import { helmPaths, IndexCache, readRepositories } from '@chartroom/repository/node'
import type { Cache } from '@chartroom/store'
import type { Connections } from '../connection.ts'
import { connect } from '../connection.ts'
import type { ChartSource, FetchedArchive, ListedVersion, ResolvedChart } from './chart-source.ts'
import { versionNotFound } from './nearest.ts'

export interface RepositorySourceOptions {
  readonly passCredentials?: boolean | undefined
  readonly cache?: Cache | undefined
}

/** A chart of the repository at a URL, whose index is fetched. */
export function repositorySource(
  connections: Connections,
  name: string,
  options: RepositorySourceOptions & { readonly url: string },
): ChartSource {
  const { username, password } = connections.options
  const repository = openRepository(connections, { name: '', username, ...options }, password)
  return new RepositorySource({
    name,
    repository,
    where: `${options.url} ${name}`,
    index: () => repository.index(),
    ...options,
  })
}

/** `REPO/NAME` of a repository that was added before, read through the index that helm keeps too. */
export async function addedRepositorySource(
  connections: Connections,
  reference: string,
  options: RepositorySourceOptions,
): Promise<ChartSource> {
  const [repo = '', name = ''] = reference.split('/')
  const paths = helmPaths(connections.environment.env, connections.environment.platform)
  const added = (await readRepositories(paths.repositoryConfig)).find((one) => one.name === repo)
  if (added === undefined) {
    throw new ChartroomError('NOT_FOUND', `repo ${repo} not found`, {
      hint: 'chartroom repo list shows what was added. A local folder is written ./NAME, a registry oci://HOST/PATH/NAME.',
    })
  }
  const repository = openAddedRepository(connections, { ...added, ...defined(options) })
  const index = (): Promise<Index> => new IndexCache(paths.repositoryCache).read(repo)
  return new RepositorySource({ name, repository, where: reference, index, ...options })
}

/** A repository with the settings it was added with. */
export function openAddedRepository(connections: Connections, added: AddedRepository): Repository {
  const { caFile, certFile, keyFile, insecureSkipTlsVerify } = added
  const own = { ...connections.options, caFile, certFile, keyFile, insecureSkipTlsVerify }
  const reached =
    caFile === undefined && certFile === undefined && insecureSkipTlsVerify !== true
      ? connections
      : connect(connections.environment, own)
  const password = added.password === undefined ? undefined : new Secret(added.password)
  return openRepository(reached, added, password)
}

export function openRepository(
  { transport }: Connections,
  { url, username, passCredentials }: AddedRepository,
  password: Secret | undefined,
): Repository {
  const credential =
    username === undefined || password === undefined
      ? undefined
      : ({ kind: 'basic', username, password, source: url } as const)
  return new Repository({ url, transport, credential, passCredentials })
}

function defined({ passCredentials }: RepositorySourceOptions): { passCredentials?: boolean } {
  return passCredentials === undefined ? {} : { passCredentials }
}

interface SourceParts {
  readonly name: string
  readonly repository: Repository
  readonly where: string
  readonly index: () => Promise<Index>
  readonly cache?: Cache | undefined
}

export class RepositorySource implements ChartSource {
  readonly name: string
  readonly #parts: SourceParts

  constructor(parts: SourceParts) {
    this.name = parts.name
    this.#parts = parts
  }

  async versions(): Promise<ListedVersion[]> {
    return this.#entriesOf(await this.#parts.index()).map(listedVersion)
  }

  async resolve(range = '*'): Promise<ResolvedChart> {
    const { repository, where, index: read } = this.#parts
    const index = await read()
    const entries = this.#entriesOf(index)
    const entry = findVersion(index, this.name, range)
    if (entry === undefined)
      throw versionNotFound(
        where,
        range,
        entries.map(({ version }) => version),
      )
    return {
      name: this.name,
      version: entry.version,
      reference: `${where} ${entry.version}`,
      archive: () => this.#archive(entry),
      provenance: () => repository.provenance(entry),
    }
  }

  #entriesOf(index: Index): readonly IndexEntry[] {
    const entries = index.entries.get(this.name)
    if (entries !== undefined) return entries
    throw new ChartroomError(
      'CHART_NOT_FOUND',
      `${this.#parts.where}: the repository has no chart ${this.name}`,
      {
        hint:
          index.entries.size === 0
            ? 'It has no charts at all.'
            : `It has ${[...index.entries.keys()].slice(0, 8).join(', ')}.`,
      },
    )
  }

  async #archive(entry: IndexEntry): Promise<FetchedArchive> {
    const { cache, repository } = this.#parts
    const digest: Digest | undefined = /^[0-9a-f]{64}$/.test(entry.digest ?? '')
      ? `sha256:${entry.digest ?? ''}`
      : undefined
    const cached = digest === undefined ? undefined : await cache?.get(digest)
    if (cached !== undefined) return { bytes: cached, fromCache: true }
    const bytes = await repository.archive(entry)
    if (digest !== undefined) await cache?.put(digest, bytes)
    return { bytes, fromCache: false }
  }
}

function listedVersion({ version, metadata, digest, created }: IndexEntry): ListedVersion {
  const { appVersion, description } = metadata
  return {
    version,
    appVersion: typeof appVersion === 'string' ? appVersion : undefined,
    description: typeof description === 'string' ? description : undefined,
    digest: digest === undefined ? undefined : `sha256:${digest.replace(/^sha256:/, '')}`,
    created,
  }
}
