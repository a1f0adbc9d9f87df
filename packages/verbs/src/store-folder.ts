import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Environment } from './environment.ts'
import type { Project } from './project/project.ts'

/** The namespace of charts that are given none. */
export const storeNamespace = 'charts'

export interface StoreChoice {
  /** The flag. */
  readonly storage?: string | undefined
  readonly project?: Project | undefined
}

/** The local store's folder: the flag, else `chartroom.yaml`, else the user's data folder. */
export function storeFolder({ env, cwd, platform }: Environment, { storage, project }: StoreChoice): string {
  if (storage !== undefined) return resolve(cwd, storage)
  if (project?.store !== undefined) return resolve(project.folder, project.store)
  if (env.XDG_DATA_HOME !== undefined && env.XDG_DATA_HOME !== '')
    return join(env.XDG_DATA_HOME, 'chartroom', 'store')
  if (platform === 'win32') return join(localAppData(env), 'chartroom', 'store')
  return join(homeOf(env), '.local', 'share', 'chartroom', 'store')
}

/** Where it is remembered which repository has which blob. */
export function placementsFile(environment: Environment): string {
  return join(cacheHome(environment), 'placements')
}

/** Where pulled archives are kept by digest. */
export function archiveCacheFolder(environment: Environment): string {
  return join(cacheHome(environment), 'archives')
}

function cacheHome({ env, platform }: Environment): string {
  if (env.XDG_CACHE_HOME !== undefined && env.XDG_CACHE_HOME !== '')
    return join(env.XDG_CACHE_HOME, 'chartroom')
  if (platform === 'win32') return join(localAppData(env), 'chartroom', 'cache')
  return join(homeOf(env), '.cache', 'chartroom')
}

function homeOf(env: Environment['env']): string {
  return env.HOME || env.USERPROFILE || homedir()
}

function localAppData(env: Environment['env']): string {
  return env.LOCALAPPDATA || join(homeOf(env), 'AppData', 'Local')
}
