import { lstatSync } from 'node:fs'
import { join } from 'node:path'

/** What decides where compiled code may lie. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/**
 * The folder of compiled code, or undefined where there is none to be had: no home, no wish for it, or coverage
 * is measured, which needs code compiled anew.
 */
export function codeFolder({ env, platform }: Surroundings): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE || env.NODE_V8_COVERAGE) return undefined
  const cache = cacheHome(env, platform)
  return cache === undefined ? undefined : join(cache, 'chartroom', 'code')
}

function cacheHome(env: Surroundings['env'], platform: NodeJS.Platform): string | undefined {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME
  if (platform === 'win32') return env.LOCALAPPDATA || undefined
  if (!env.HOME) return undefined
  return platform === 'darwin' ? join(env.HOME, 'Library', 'Caches') : join(env.HOME, '.cache')
}

/**
 * Whether what lies in the folder was written by this user. V8 runs compiled code without looking at it, so a
 * folder that another could write to, such as that of the user who called sudo, is never read.
 */
export function isOwnFolder(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined || !found.isDirectory()) return false
  // Windows has no such owner; its folders of a profile are closed to others.
  if (process.geteuid === undefined) return true
  return found.uid === process.geteuid() && (found.mode & 0o022) === 0
}
