import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { Secret } from '@chartroom/errors'
import type { Credential, CredentialSource } from '@chartroom/oci'
import { describe, expect, it } from 'vitest'
import type { World } from '../test/world.ts'
import { auth, world } from '../test/world.ts'
import type { ChainOptions } from './chain.ts'
import { credentialChain } from './chain.ts'

const posix = describe.skipIf(process.platform === 'win32')

/** `USER PASSWORD`, `KIND TOKEN`, or undefined for anonymous. */
function shown(credential: Credential | undefined): string | undefined {
  if (credential === undefined) return undefined
  if (credential.kind === 'basic') return `${credential.username} ${credential.password.reveal()}`
  return `${credential.kind} ${credential.token.reveal()}`
}

interface Asked {
  readonly ask: (host: string, repository?: string) => Promise<string | undefined>
  readonly warnings: string[]
}

function chain(place: World, options: Partial<ChainOptions> = {}): Asked {
  const warnings: string[] = []
  const source = credentialChain({ ...place, onWarning: (text) => warnings.push(text), ...options })
  return {
    ask: async (host, repository) => shown(await source.credential({ scheme: 'https', host }, repository)),
    warnings,
  }
}

describe('credentialChain', () => {
  it('asks the command line, then Helm, Docker and Podman, in this order', async () => {
    const place = world()
    place.write(place.podman, {
      auths: { 'a.test': auth('podman'), 'b.test': auth('podman'), 'c.test': auth('podman') },
    })
    place.write(place.docker, { auths: { 'a.test': auth('docker'), 'b.test': auth('docker') } })
    place.write(place.helm, { auths: { 'a.test': auth('helm') } })
    const explicit = { host: 'x.test', username: 'given', password: new Secret('p') }
    const { ask, warnings } = chain(place, { explicit })
    expect(
      await Promise.all(['x.test', 'a.test', 'b.test', 'c.test', 'd.test'].map((host) => ask(host))),
    ).toEqual(['given p', 'helm p', 'docker p', 'podman p', undefined])
    expect(warnings).toEqual([])
  })

  it('asks the variables of vendors after the command line, and before all files', async () => {
    const place = world()
    place.write(place.helm, { auths: { 'a.test': auth('helm'), 'b.test': auth('helm') } })
    const environment: CredentialSource = {
      credential: ({ host }) =>
        Promise.resolve(
          host === 'b.test'
            ? undefined
            : { kind: 'basic', username: 'variable', password: new Secret('p'), source: 'A_TOKEN' },
        ),
    }
    const explicit = { host: 'x.test', username: 'given', password: new Secret('p') }
    const { ask } = chain(place, { explicit, environment })
    expect(await Promise.all(['x.test', 'a.test', 'b.test'].map((host) => ask(host)))).toEqual([
      'given p',
      'variable p',
      'helm p',
    ])
  })

  it('asks the file of the running session before the kept one of Podman', async () => {
    const place = world()
    const run = join(place.env.HOME ?? '', 'run')
    place.write(place.podman, { auths: { 'a.test': auth('kept') } })
    place.write(join(run, 'containers/auth.json'), { auths: { 'a.test': auth('session') } })
    expect(await chain({ ...place, env: { ...place.env, XDG_RUNTIME_DIR: run } }).ask('a.test')).toBe(
      'session p',
    )
  })

  it('gives the credential of the command line to its own host alone', async () => {
    const place = world()
    const explicit = { host: 'docker.io', username: 'given', password: new Secret('p') }
    const { ask } = chain(place, { explicit })
    expect(await ask('registry-1.docker.io', 'me/app')).toBe('given p')
    expect(await ask('docker.io.evil.com', 'me/app')).toBeUndefined()
    expect(await ask('docker.io:444', 'me/app')).toBeUndefined()
  })

  it.each([
    [auth('u', 'a:b'), 'u a:b'],
    [auth('u', ''), 'u '],
    [auth('ü', 'ß'), 'ü ß'],
    [{ auth: Buffer.from('u:p\0\0').toString('base64') }, 'u p'],
    [{ username: 'u', password: 'p' }, 'u p'],
    [{ ...auth('u'), identitytoken: 'i' }, 'identity i'],
    [{ ...auth('u'), identitytoken: 'i', registrytoken: 'r' }, 'bearer r'],
    [{}, undefined],
    [{ username: 'u' }, undefined],
  ])('reads the entry %j', async (entry, expected) => {
    const place = world()
    place.write(place.docker, { auths: { 'a.test': entry } })
    const { ask, warnings } = chain(place)
    expect(await ask('a.test', 'me/app')).toBe(expected)
    expect(warnings).toEqual([])
  })

  it('warns once of an entry that cannot be read, and asks the next file', async () => {
    const place = world()
    place.write(place.helm, { auths: { 'a.test': { auth: Buffer.from('hunter2').toString('base64') } } })
    place.write(place.docker, { auths: { 'a.test': auth('docker') } })
    const { ask, warnings } = chain(place)
    expect(await ask('a.test', 'one')).toBe('docker p')
    expect(await ask('a.test', 'two')).toBe('docker p')
    expect(warnings).toEqual([`${place.helm}: the login for a.test cannot be read; the next login is tried`])
  })

  it('warns of files that cannot be read, and asks the next', async () => {
    const place = world()
    place.write(place.helm, 'garbage')
    mkdirSync(place.docker, { recursive: true })
    place.write(place.podman, { auths: { 'a.test': auth('podman') } })
    const { ask, warnings } = chain(place)
    expect(await ask('a.test')).toBe('podman p')
    expect(await ask('b.test')).toBeUndefined()
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toMatch(/no JSON object: logins in it are not used$/)
    expect(warnings[1]).toMatch(/cannot be read: EISDIR/)
  })

  it('prefers the more exact path, within a file and from a later file', async () => {
    const place = world()
    place.write(place.helm, { auths: { 'a.test': auth('host') } })
    place.write(place.podman, { auths: { 'a.test/me': auth('me'), 'a.test/me/app': auth('app') } })
    const { ask } = chain(place)
    expect(await ask('a.test', 'me/app/sub')).toBe('app p')
    expect(await ask('a.test', 'me/other')).toBe('me p')
    expect(await ask('a.test', 'meow')).toBe('host p')
    expect(await ask('a.test')).toBe('host p')
  })

  it('says where a credential is from, and never prints it', async () => {
    const place = world()
    place.write(place.docker, {
      auths: { 'a.test': auth('u', 'hunter2'), 'b.test': { identitytoken: 'hunter2' } },
    })
    const source = credentialChain(place)
    for (const host of ['a.test', 'b.test']) {
      const credential = await source.credential({ scheme: 'https', host })
      expect(credential?.source).toBe(place.docker)
      const printed = [
        JSON.stringify(credential),
        inspect(credential, { depth: 9, showHidden: true }),
        `${inspect(source)}`,
      ]
      expect(printed.join('\n')).not.toMatch(/hunter2|aHVudGVyMg/)
      expect(printed.join('\n')).toContain('***')
    }
  })

  it('takes a host named like what every object has for any other', async () => {
    const place = world()
    place.write(place.docker, '{"auths": {"__proto__": {"auth": "dTpw"}, "a.test": {}}}')
    const { ask } = chain(place)
    expect(await ask('constructor')).toBeUndefined()
    expect(await ask('a.test')).toBeUndefined()
    expect(await ask('__proto__')).toBe('u p')
  })
})

posix('helpers in the chain', () => {
  const login = `echo '{"Username":"u","Secret":"helper"}'`
  const notFound = 'echo "credentials not found in native keychain"; exit 1'

  it('come before the entries of their file, and after a login for a path', async () => {
    const place = world()
    place.helper('x', login)
    place.write(place.docker, {
      auths: { 'a.test': auth('plain'), 'a.test/me': auth('path'), 'a.test/you': {} },
      credsStore: 'x',
    })
    const { ask } = chain(place)
    expect(await ask('a.test', 'other')).toBe('u helper')
    expect(await ask('a.test', 'me/app')).toBe('path p')
    expect(await ask('a.test', 'you/app')).toBe('u helper')
  })

  it('are those of the host before that of all, and none where the name is empty', async () => {
    const place = world()
    place.helper('own', login)
    place.helper('all', `echo '{"Username":"<token>","Secret":"refresh"}'`)
    place.write(place.docker, {
      auths: { 'plain.test': auth('plain') },
      credsStore: 'all',
      credHelpers: { 'a.test': 'own', 'plain.test': '', 'docker.io': 'own' },
    })
    const { ask } = chain(place)
    expect(await ask('a.test', 'me/app')).toBe('u helper')
    expect(await ask('b.test', 'me/app')).toBe('identity refresh')
    expect(await ask('plain.test', 'me/app')).toBe('plain p')
    expect(await ask('registry-1.docker.io', 'me/app')).toBe('u helper')
  })

  it('are asked once a host, by the name that Docker gives it', async () => {
    const place = world()
    place.helper('x', `cat >> "$HOME/told"; echo >> "$HOME/told"; ${login}`)
    place.write(place.docker, { credsStore: 'x' })
    const { ask } = chain(place)
    await Promise.all(['a', 'b', 'c'].map((name) => ask('registry-1.docker.io', name)))
    await ask('a.test:5000', 'me/app')
    expect(readFileSync(join(place.env.HOME ?? '', 'told'), 'utf8')).toBe(
      'https://index.docker.io/v1/\na.test:5000\n',
    )
  })

  it('that have nothing are silent, and the next source is asked', async () => {
    const place = world()
    place.helper('x', notFound)
    place.write(place.helm, { credsStore: 'x', auths: { 'b.test': auth('beside') } })
    place.write(place.docker, { auths: { 'a.test': auth('docker') } })
    const { ask, warnings } = chain(place)
    expect([await ask('a.test'), await ask('b.test'), await ask('c.test')]).toEqual([
      'docker p',
      'beside p',
      undefined,
    ])
    expect(warnings).toEqual([])
  })

  it.each([
    ['is absent', undefined],
    ['fails', 'echo locked; exit 1'],
    ['answers garbage', 'echo hunter2'],
    ['answers too much', 'yes hunter2'],
    ['hangs', 'sleep 20'],
  ])('that %s is a warning, and the next source is asked', async (_, script) => {
    const place = world()
    if (script !== undefined) place.helper('x', script)
    place.write(place.helm, { credsStore: 'x' })
    place.write(place.docker, { auths: { 'a.test': auth('docker') } })
    const { ask, warnings } = chain(place, { helperTimeout: 150 })
    // The one that answers too much may be slower than that.
    expect(await ask('a.test', 'one')).toBe('docker p')
    expect(await ask('a.test', 'two')).toBe('docker p')
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^docker-credential-x get .*; the next login is tried$/)
    expect(warnings[0]).not.toContain('hunter2')
  })
})
