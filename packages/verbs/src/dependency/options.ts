import { helmPaths, readRepositories } from '@chartroom/repository/node'
import type { Cache } from '@chartroom/store'
import type { AddedRepository } from '@chartroom/repository/node'
import type { Connections } from '../connection.ts'
import type { Environment } from '../environment.ts'
import type { ChartFolder } from './chart-folder.ts'
import { Indexes } from './indexes.ts'
import type { PinContext } from './pin.ts'

export interface DependencyOptions {
  /** A folder whose `charts/` is filled instead; the chart's own is only read. */
  readonly into?: string | undefined
  /** Take the indexes of repositories that are at hand. */
  readonly skipRefresh?: boolean | undefined
  /** Change no lock, and fetch nothing whose digest is not recorded. */
  readonly frozen?: boolean | undefined
  readonly cache?: Cache | undefined
  /** What is being done, a line at a time, in Helm's words. */
  readonly onProgress?: ((line: string) => void) | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

export function addedRepositories({ env, platform }: Environment): Promise<AddedRepository[]> {
  return readRepositories(helmPaths(env, platform).repositoryConfig)
}

export function pinContext(
  chart: ChartFolder,
  connections: Connections,
  { added, ...options }: DependencyOptions & { readonly added: readonly AddedRepository[] },
): PinContext {
  return {
    chartFolder: chart.folder,
    connections,
    indexes: new Indexes(connections, { added, ...options }),
    cache: options.cache,
    onWarning: options.onWarning,
  }
}
