import { homedir } from 'node:os'
import { join } from 'node:path'

/** Helm's own files, at Helm's own places. */
export interface HelmPaths {
  readonly repositoryConfig: string
  readonly repositoryCache: string
}

export function helmPaths(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): HelmPaths {
  const home = env.HOME || env.USERPROFILE || homedir()
  const config = env.HELM_CONFIG_HOME || join(env.XDG_CONFIG_HOME || configHome(home, env, platform), 'helm')
  const cache = env.HELM_CACHE_HOME || join(env.XDG_CACHE_HOME || cacheHome(home, env, platform), 'helm')
  return {
    repositoryConfig: env.HELM_REPOSITORY_CONFIG || join(config, 'repositories.yaml'),
    repositoryCache: env.HELM_REPOSITORY_CACHE || join(cache, 'repository'),
  }
}

function configHome(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Preferences')
  return platform === 'win32' ? env.APPDATA || join(home, 'AppData', 'Roaming') : join(home, '.config')
}

function cacheHome(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  return platform === 'win32' ? env.TEMP || join(home, 'AppData', 'Local', 'Temp') : join(home, '.cache')
}
