import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Environment } from '../environment.ts'

/**
 * The folder of an installed plugin of Helm 4 that renders behind the templates, by the name it has for Helm. It is for
 * an error to say more: what cannot be read is none.
 */
export async function helm4Plugin(name: string, environment: Environment): Promise<string | undefined> {
  for (const folder of pluginFolders(environment)) {
    for (const plugin of await readdir(folder).catch(() => [])) {
      const text = await readFile(join(folder, plugin, 'plugin.yaml'), 'utf8').catch(() => '')
      if (valueOf(text, 'type') === 'postrenderer/v1' && valueOf(text, 'name') === name) {
        return join(folder, plugin)
      }
    }
  }
  return undefined
}

function pluginFolders({ env, platform }: Environment): string[] {
  if (env.HELM_PLUGINS) return env.HELM_PLUGINS.split(delimiter)
  const home = env.HOME || env.USERPROFILE || homedir()
  const data = env.XDG_DATA_HOME || dataHome(home, env, platform)
  return [join(env.HELM_DATA_HOME || join(data, 'helm'), 'plugins')]
}

function dataHome(home: string, env: Environment['env'], platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(home, 'Library')
  return platform === 'win32'
    ? env.APPDATA || join(home, 'AppData', 'Roaming')
    : join(home, '.local', 'share')
}

/** Of a key at the left edge. */
function valueOf(text: string, key: string): string | undefined {
  return new RegExp(`^${key}:[ \\t]*["']?([^"'\\s#]+)`, 'm').exec(text)?.[1]
}
