import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { helmPaths } from './helm-paths.ts'

// Helm's lazypath (pkg/helmpath): its own variables, then XDG's with `helm` below, then the system's place.
describe('helmPaths', () => {
  it.each([
    ['linux', {}, '/h/.config/helm', '/h/.cache/helm'],
    ['freebsd', {}, '/h/.config/helm', '/h/.cache/helm'],
    ['darwin', {}, '/h/Library/Preferences/helm', '/h/Library/Caches/helm'],
    ['win32', { APPDATA: '/roaming', TEMP: '/temp' }, '/roaming/helm', '/temp/helm'],
    ['win32', { APPDATA: '', TEMP: '' }, '/h/AppData/Roaming/helm', '/h/AppData/Local/Temp/helm'],
    ['win32', { HOME: '', USERPROFILE: '/u' }, '/u/AppData/Roaming/helm', '/u/AppData/Local/Temp/helm'],
    ['linux', { XDG_CONFIG_HOME: '/xc', XDG_CACHE_HOME: '/xa' }, '/xc/helm', '/xa/helm'],
    ['darwin', { XDG_CONFIG_HOME: '/xc', XDG_CACHE_HOME: '/xa' }, '/xc/helm', '/xa/helm'],
    ['win32', { XDG_CONFIG_HOME: '/xc', XDG_CACHE_HOME: '/xa' }, '/xc/helm', '/xa/helm'],
    ['linux', { XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '' }, '/h/.config/helm', '/h/.cache/helm'],
    ['linux', { HELM_CONFIG_HOME: '/c', HELM_CACHE_HOME: '/a', XDG_CONFIG_HOME: '/xc' }, '/c', '/a'],
  ] as const)('on %s with %j are in %s and %s', (platform, env, config, cache) => {
    expect(helmPaths({ HOME: '/h', ...env }, platform)).toEqual({
      repositoryConfig: join(config, 'repositories.yaml'),
      repositoryCache: join(cache, 'repository'),
    })
  })

  it('are what is set by hand for each', () => {
    const env = { HELM_REPOSITORY_CONFIG: '/r.yaml', HELM_REPOSITORY_CACHE: '/r', HELM_CONFIG_HOME: '/c' }
    expect(helmPaths(env, 'linux')).toEqual({ repositoryConfig: '/r.yaml', repositoryCache: '/r' })
  })
})
