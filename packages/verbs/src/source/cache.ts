import type { Cache } from '@chartroom/store'
import { openCache } from '@chartroom/store'
import type { Environment } from '../environment.ts'
import { cacheFolder } from '../store-folder.ts'

/** The archives pulled on this machine, by digest, shared by all commands. */
export function openPullCache(environment: Environment): Promise<Cache> {
  return openCache(cacheFolder(environment))
}
