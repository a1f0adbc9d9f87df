import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { archiveCacheFolder, placementsFile, storeFolder } from './store-folder.ts'

describe('the folders of this machine', () => {
  it.each([
    ['linux', { HOME: '/h' }, '/h/.local/share/chartroom/store', '/h/.cache/chartroom'],
    ['darwin', { HOME: '/h' }, '/h/.local/share/chartroom/store', '/h/.cache/chartroom'],
    [
      'linux',
      { HOME: '/h', XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/c' },
      '/d/chartroom/store',
      '/c/chartroom',
    ],
    [
      'linux',
      { HOME: '/h', XDG_DATA_HOME: '', XDG_CACHE_HOME: '' },
      '/h/.local/share/chartroom/store',
      '/h/.cache/chartroom',
    ],
    ['win32', { LOCALAPPDATA: '/l', USERPROFILE: '/u' }, '/l/chartroom/store', '/l/chartroom/cache'],
    [
      'win32',
      { LOCALAPPDATA: '', HOME: '', USERPROFILE: '/u' },
      '/u/AppData/Local/chartroom/store',
      '/u/AppData/Local/chartroom/cache',
    ],
  ] as const)('on %s with %j are %s and below %s', (platform, env, store, cache) => {
    const environment = { env, cwd: '/w', platform }
    expect(storeFolder(environment, {})).toBe(join(store))
    expect(archiveCacheFolder(environment)).toBe(join(cache, 'archives'))
    expect(placementsFile(environment)).toBe(join(cache, 'placements'))
  })

  it('have the store where the flag says, else chartroom.yaml, relative to where each stands', () => {
    const environment = { env: { HOME: '/h' }, cwd: join('/w'), platform: 'linux' } as const
    const project = { store: 'kept', folder: join('/p') }
    expect(storeFolder(environment, { storage: 'here', project })).toBe(join('/w/here'))
    expect(storeFolder(environment, { project })).toBe(join('/p/kept'))
  })
})
