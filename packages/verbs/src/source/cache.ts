import { asChartroomError } from '@chartroom/errors'
import type { Cache } from '@chartroom/store'
import { openCache } from '@chartroom/store'
import type { Environment } from '../environment.ts'
import { archiveCacheFolder } from '../store-folder.ts'

/**
 * The archives pulled on this machine, by digest, shared by all commands. Undefined, with a warning, where its
 * folder cannot be used: without it all is fetched.
 */
export async function openPullCache(
  environment: Environment,
  warn?: (message: string) => void,
): Promise<Cache | undefined> {
  const folder = archiveCacheFolder(environment)
  try {
    return await openCache(folder)
  } catch (error) {
    const { code, message } = asChartroomError(error)
    if (code === 'INTERNAL') throw error
    warn?.(`pulled archives are not kept: ${message}`)
    return undefined
  }
}
