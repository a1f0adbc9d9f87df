import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Place } from './location.ts'
import { containersAuthPaths, containersConfigPath, dockerConfigPath, helmConfigPath } from './location.ts'

function place(env: Record<string, string>, platform: NodeJS.Platform = 'linux'): Place {
  return { env: { HOME: '/h', ...env }, platform }
}

const tail = join('helm', 'registry', 'config.json')

describe('helmConfigPath', () => {
  it.each([
    [{}, 'linux', join('/h/.config', tail)],
    [{}, 'darwin', join('/h/Library/Preferences', tail)],
    [{ APPDATA: '/roaming' }, 'win32', join('/roaming', tail)],
    [{ APPDATA: '' }, 'win32', join('/h/AppData/Roaming', tail)],
    [{ HOME: '', USERPROFILE: '/profile' }, 'win32', join('/profile/AppData/Roaming', tail)],
    [{ XDG_CONFIG_HOME: '/x' }, 'linux', join('/x', tail)],
    [{ XDG_CONFIG_HOME: '/x' }, 'darwin', join('/x', tail)],
    [{ HELM_CONFIG_HOME: '/c', XDG_CONFIG_HOME: '/x' }, 'linux', join('/c', 'registry', 'config.json')],
    [{ HELM_REGISTRY_CONFIG: '/r.json', HELM_CONFIG_HOME: '/c' }, 'linux', '/r.json'],
  ] as const)('with %j on %s is %s', (env, platform, path) => {
    expect(helmConfigPath(place(env, platform))).toBe(path)
  })
})

describe('dockerConfigPath', () => {
  it('is in the home folder, or where DOCKER_CONFIG says', () => {
    expect(dockerConfigPath(place({}))).toBe(join('/h', '.docker', 'config.json'))
    expect(dockerConfigPath(place({ DOCKER_CONFIG: '/d' }))).toBe(join('/d', 'config.json'))
    expect(dockerConfigPath(place({ DOCKER_CONFIG: '' }))).toBe(join('/h', '.docker', 'config.json'))
  })
})

describe('containersAuthPaths', () => {
  const kept = join('/h', '.config', 'containers', 'auth.json')

  it.each([
    [{}, [kept]],
    [{ XDG_RUNTIME_DIR: '/run/u' }, [join('/run/u', 'containers', 'auth.json'), kept]],
    [{ REGISTRY_AUTH_FILE: '/a.json', XDG_RUNTIME_DIR: '/run/u' }, ['/a.json']],
    [{ XDG_CONFIG_HOME: '/x' }, [join('/x', 'containers', 'auth.json')]],
  ])('with %j are %j', (env, paths) => {
    expect(containersAuthPaths(place(env))).toEqual(paths)
  })

  it('end with the one that logins for a path go to', () => {
    for (const env of [{}, { REGISTRY_AUTH_FILE: '/a.json' }, { XDG_RUNTIME_DIR: '/run/u' }])
      expect(containersAuthPaths(place(env)).at(-1)).toBe(containersConfigPath(place(env)))
  })
})
