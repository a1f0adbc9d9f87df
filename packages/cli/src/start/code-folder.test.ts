import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeFolder, isOwnFolder } from './code-folder.ts'
import { makeCodeFolder } from './make-code-folder.ts'

describe('where compiled code lies', () => {
  it.each([
    ['linux', { HOME: '/home/me' }, '/home/me/.cache/chartroom/code'],
    ['linux', { HOME: '/home/me', XDG_CACHE_HOME: '/cache' }, '/cache/chartroom/code'],
    ['darwin', { HOME: '/Users/me' }, '/Users/me/Library/Caches/chartroom/code'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/chartroom/code'],
    ['linux', {}, undefined],
    ['linux', { HOME: '/home/me', NODE_DISABLE_COMPILE_CACHE: '1' }, undefined],
    ['linux', { HOME: '/home/me', NODE_V8_COVERAGE: '/coverage' }, undefined],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(codeFolder({ platform, env })).toBe(folder === undefined ? undefined : join(folder))
  })
})

describe.skipIf(process.platform === 'win32')('a folder that compiled code is read from', () => {
  let home: string
  let folder: string

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'chartroom-code-'))
    folder = join(home, 'chartroom', 'code')
  })

  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(home, { recursive: true })
  })

  it('is made for its owner alone, and then is one', () => {
    makeCodeFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(isOwnFolder(folder)).toBe(true)
  })

  it('is not made where the home is none', () => {
    expect(() => makeCodeFolder(join(home, 'absent', '.cache', 'chartroom', 'code'))).toThrow('ENOENT')
    writeFileSync(join(home, 'file'), '')
    expect(() => makeCodeFolder(join(home, 'file', 'chartroom', 'code'))).toThrow('ENOTDIR')
  })

  it.skipIf(process.platform !== 'linux')('is not made in a file system that has no new folders', () => {
    expect(() => makeCodeFolder('/proc/none/chartroom/code')).toThrow('ENOENT')
  })

  it.each([0o770, 0o702, 0o777])('is none that others may write to: mode %o', (mode) => {
    makeCodeFolder(folder)
    chmodSync(folder, mode)
    expect(isOwnFolder(folder)).toBe(false)
  })

  it('is none of another user, such as that of the one who called sudo', () => {
    makeCodeFolder(folder)
    const own = process.geteuid?.() ?? 0
    vi.spyOn(process, 'geteuid').mockReturnValue(own + 1)
    expect(isOwnFolder(folder)).toBe(false)
  })

  it('is no link, no file, and not absent', () => {
    expect(isOwnFolder(folder)).toBe(false)
    const real = join(home, 'real')
    mkdirSync(real, { mode: 0o700 })
    symlinkSync(real, join(home, 'link'))
    expect(isOwnFolder(join(home, 'link'))).toBe(false)
    writeFileSync(join(home, 'file'), '')
    expect(isOwnFolder(join(home, 'file'))).toBe(false)
  })
})
