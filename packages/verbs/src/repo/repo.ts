import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { Index } from '@chartroom/repository'
import type { AddedRepository, FoundChart, SearchOptions } from '@chartroom/repository/node'
import {
  addRepository,
  helmPaths,
  IndexCache,
  readRepositories,
  removeRepository,
  searchIndexes,
} from '@chartroom/repository/node'
import type { Connections } from '../connection.ts'
import type { Environment } from '../environment.ts'
import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import { openAddedRepository } from '../source/repository.ts'

/** Adds a repository once its index could be read. Returns false when it was there with the same settings. */
export async function repoAdd(
  connections: Connections,
  added: AddedRepository,
  force: boolean,
): Promise<boolean> {
  if (added.name.includes('/') || added.name === '') {
    throw new ChartroomError(
      'USAGE',
      `repository name (${added.name}) contains '/'. Please specify a different name`,
    )
  }
  const paths = pathsOf(connections.environment)
  const known = (await readRepositories(paths.repositoryConfig)).find(({ name }) => name === added.name)
  if (known !== undefined && !force) {
    if (sameSettings(known, added)) return false
    throw new ChartroomError('CONFLICT', `a repository named ${added.name} was added before: ${known.url}`, {
      hint: 'Take another name, or pass --force-update to replace it.',
    })
  }
  await new IndexCache(paths.repositoryCache).update(added.name, openAddedRepository(connections, added))
  await addRepository(paths.repositoryConfig, added)
  return true
}

/** What became of one repository of an update. */
export interface UpdatedRepository {
  readonly name: string
  readonly url: string
  readonly charts: number
  readonly warnings: readonly string[]
  readonly error?: ChartroomError | undefined
}

/** Updates the named repositories, or all; a failure of one does not keep the others. */
export async function repoUpdate(
  connections: Connections,
  names: readonly string[],
): Promise<UpdatedRepository[]> {
  const paths = pathsOf(connections.environment)
  const all = await readRepositories(paths.repositoryConfig)
  const wanted = names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
  const missing = names.find((name) => !all.some((one) => one.name === name))
  if (missing !== undefined || wanted.length === 0) throw nothingToUpdate(missing)
  const cache = new IndexCache(paths.repositoryCache)
  return pool(wanted, concurrency, async (added) => {
    const { name, url } = added
    try {
      const index = await cache.update(name, openAddedRepository(connections, added))
      return { name, url, charts: index.entries.size, warnings: index.warnings }
    } catch (error) {
      return { name, url, charts: 0, warnings: [], error: asChartroomError(error) }
    }
  })
}

export async function repoList(environment: Environment): Promise<{ name: string; url: string }[]> {
  const added = await readRepositories(pathsOf(environment).repositoryConfig)
  return added.map(({ name, url }) => ({ name, url }))
}

export async function repoRemove(environment: Environment, names: readonly string[]): Promise<void> {
  const paths = pathsOf(environment)
  for (const name of names) {
    await removeRepository(paths.repositoryConfig, name)
    await new IndexCache(paths.repositoryCache).remove(name)
  }
}

/** Searches the indexes at hand; nothing is fetched. */
export async function searchRepositories(
  environment: Environment,
  options: SearchOptions,
): Promise<FoundChart[]> {
  const paths = pathsOf(environment)
  const added = await readRepositories(paths.repositoryConfig)
  if (added.length === 0) {
    throw new ChartroomError('NOT_FOUND', 'no repositories configured', {
      hint: 'Add one: chartroom repo add NAME URL.',
    })
  }
  const cache = new IndexCache(paths.repositoryCache)
  const indexes = new Map<string, Index>()
  for (const { name } of added) indexes.set(name, await cache.read(name))
  return searchIndexes(indexes, options)
}

function pathsOf({ env, platform }: Environment): ReturnType<typeof helmPaths> {
  return helmPaths(env, platform)
}

function sameSettings(known: AddedRepository, added: AddedRepository): boolean {
  const keys = ['url', 'username', 'password', 'caFile', 'certFile', 'keyFile'] as const
  return (
    keys.every((key) => known[key] === added[key]) &&
    Boolean(known.passCredentials) === Boolean(added.passCredentials)
  )
}

function nothingToUpdate(missing: string | undefined): ChartroomError {
  if (missing === undefined) {
    return new ChartroomError('NOT_FOUND', 'no repositories found. You must add one before updating', {
      hint: 'Add one: chartroom repo add NAME URL.',
    })
  }
  return new ChartroomError(
    'NOT_FOUND',
    `no repositories found matching '${missing}'.  Nothing will be updated`,
    {
      hint: 'chartroom repo list shows the names.',
    },
  )
}
