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
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  if (env.XDG_DATA_HOME !== undefined && env.XDG_DATA_HOME !== '')
    return join(env.XDG_DATA_HOME, 'chartroom', 'store')
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'chartroom', 'store')
  return join(home, '.local', 'share', 'chartroom', 'store')
}

/** Where pulled bytes are kept by digest. */
export function cacheFolder({ env, platform }: Environment): string {
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  if (env.XDG_CACHE_HOME !== undefined && env.XDG_CACHE_HOME !== '')
    return join(env.XDG_CACHE_HOME, 'chartroom')
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'chartroom', 'cache')
  return join(home, '.cache', 'chartroom')
}
