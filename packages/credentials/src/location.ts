import { homedir } from 'node:os'
import { join } from 'node:path'

export interface Place {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/** The file that `helm registry login` and `chartroom login` write. */
export function helmConfigPath({ env, platform }: Place): string {
  if (env.HELM_REGISTRY_CONFIG) return env.HELM_REGISTRY_CONFIG
  if (env.HELM_CONFIG_HOME) return join(env.HELM_CONFIG_HOME, 'registry', 'config.json')
  return join(configHome({ env, platform }), 'helm', 'registry', 'config.json')
}

export function dockerConfigPath({ env }: Place): string {
  return join(env.DOCKER_CONFIG || join(home(env), '.docker'), 'config.json')
}

/** Podman's files in the order they are asked (containers-auth.json); the one set by hand stands alone. */
export function containersAuthPaths({ env, platform }: Place): string[] {
  const kept = containersConfigPath({ env, platform })
  if (env.REGISTRY_AUTH_FILE || !env.XDG_RUNTIME_DIR) return [kept]
  return [join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json'), kept]
}

/** The file that keeps logins for paths. */
export function containersConfigPath({ env }: Place): string {
  return (
    env.REGISTRY_AUTH_FILE ||
    join(env.XDG_CONFIG_HOME || join(home(env), '.config'), 'containers', 'auth.json')
  )
}

function configHome({ env, platform }: Place): string {
  if (env.XDG_CONFIG_HOME) return env.XDG_CONFIG_HOME
  if (platform === 'darwin') return join(home(env), 'Library', 'Preferences')
  if (platform === 'win32') return env.APPDATA || join(home(env), 'AppData', 'Roaming')
  return join(home(env), '.config')
}

function home(env: Place['env']): string {
  return env.HOME || env.USERPROFILE || homedir()
}
