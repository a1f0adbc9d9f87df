import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { isChartroomError } from '@chartroom/errors'
import { describe, expect, it } from 'vitest'
import { auth, world } from '../test/world.ts'
import { readConfigFile, readConfigRoot } from './config-file.ts'
import { limits } from './limits.ts'

function readFile(content: unknown): ReturnType<typeof readConfigFile> {
  const { docker, write } = world()
  write(docker, content)
  return readConfigFile(docker)
}

describe('readConfigFile', () => {
  it('reads logins, helpers and tokens', () => {
    const entries = {
      'a.test': auth('u'),
      'b.test': { identitytoken: 'i' },
      'c.test': { registrytoken: 'r' },
    }
    const file = readFile({ auths: entries, credsStore: 'desktop', credHelpers: { 'd.test': 'pass' } })
    expect(file).toMatchObject({ auths: entries, credsStore: 'desktop', credHelpers: { 'd.test': 'pass' } })
  })

  it('takes an absent file, an empty one and one in a folder that is a file for no logins', () => {
    const { docker, write } = world()
    expect(readConfigFile(docker)).toBeUndefined()
    write(docker, ' \n')
    expect(readConfigFile(docker)).toBeUndefined()
    expect(readConfigFile(join(docker, 'config.json'))).toBeUndefined()
  })

  it.each([
    ['cut', '{"auths": {"a.test": {"auth": "c2VjcmV0LXNlY3JldA=='],
    ['words', 'secret-secret'],
    ['a list', '["secret-secret"]'],
    ['a text', '"secret-secret"'],
    ['null', 'null'],
  ])('refuses %s with the path, and quotes nothing of it', (_, text) => {
    try {
      readFile(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'USAGE' })
      expect(isChartroomError(error) ? error.message : '').toMatch(/config\.json is no JSON object$/)
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/c2VjcmV0|secret-secret/)
    }
  })

  it.each([
    ['auths', { auths: 5 }],
    ['auths', { auths: ['a.test'] }],
    ['an entry', { auths: { 'a.test': null } }],
    ['an entry', { auths: { 'a.test': 'dTpw' } }],
    ['an auth', { auths: { 'a.test': { auth: 5, username: {}, identitytoken: [] } } }],
    ['a credsStore', { credsStore: { name: 'pass' } }],
    ['a credsStore', { credsStore: '' }],
    ['credHelpers', { credHelpers: 'pass' }],
    ['a credHelper', { credHelpers: { 'a.test': 5 } }],
  ])('finds nothing in %s of another kind: %j', (_, content) => {
    const file = readFile(content)
    expect(file?.credsStore).toBeUndefined()
    expect(file?.credHelpers).toEqual({})
    expect(Object.values(file?.auths ?? {}).every((entry) => Object.values(entry).join('') === '')).toBe(true)
  })

  it('takes __proto__ for a key like any other', () => {
    const file = readFile('{"__proto__": {"credsStore": "evil"}, "auths": {"__proto__": {"auth": "dTpw"}}}')
    expect(file?.credsStore).toBeUndefined()
    expect(Object.keys(file?.auths ?? {})).toEqual(['__proto__'])
    expect(file?.auths['auth']).toBeUndefined()
    expect(file?.auths['constructor']).toBeUndefined()
  })

  it('refuses a file larger than its limit', () => {
    expect(() => readFile(`{"auths": {}}${' '.repeat(limits.configBytes)}`)).toThrow(/larger than/)
  })

  it('says why a file cannot be read', () => {
    const { docker } = world()
    mkdirSync(docker, { recursive: true })
    expect(() => readConfigFile(docker)).toThrow(/config\.json cannot be read: EISDIR/)
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says who may not read it', () => {
    const { docker, write } = world()
    write(docker, {})
    chmodSync(docker, 0)
    expect(() => readConfigFile(docker)).toThrow(/config\.json cannot be read: EACCES/)
  })
})

describe('readConfigRoot', () => {
  it('keeps what it does not know', () => {
    const { docker, write } = world()
    write(docker, { currentContext: 'x', proxies: { default: {} } })
    expect(readConfigRoot(docker)).toEqual({ currentContext: 'x', proxies: { default: {} } })
  })
})
