import type { AddedRepository } from '@chartroom/repository/node'
import { helmPaths, readRepositories } from '@chartroom/repository/node'
import type { Connections } from '../connection.ts'

/** The added repository that `REPO/NAME` names; undefined for what names none. */
export async function addedRepository(
  { environment }: Pick<Connections, 'environment'>,
  name: string,
): Promise<AddedRepository | undefined> {
  const repo = /^([^/:]+)\/[^/]+$/.exec(name)?.[1]
  return repo === undefined ? undefined : (await added(environment)).find((one) => one.name === repo)
}

/** The added repository of an address. */
export async function addedRepositoryAt(
  { environment }: Pick<Connections, 'environment'>,
  url: string,
): Promise<AddedRepository | undefined> {
  const plain = url.replace(/\/+$/, '')
  return (await added(environment)).find((one) => one.url.replace(/\/+$/, '') === plain)
}

function added({ env, platform }: Connections['environment']): Promise<readonly AddedRepository[]> {
  return readRepositories(helmPaths(env, platform).repositoryConfig)
}
