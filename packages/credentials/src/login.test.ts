import { execFile } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Secret } from '@chartroom/errors'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { bundleProgram } from '@chartroom/testkit'
import type { World } from '../test/world.ts'
import { auth, world } from '../test/world.ts'
import { credentialChain } from './chain.ts'
import { eraseLogin, storeLogin } from './login.ts'

const run = promisify(execFile)
const isWindows = process.platform === 'win32'

function store(place: World, address: string, username = 'u'): Promise<string> {
  return storeLogin({ address, username, password: new Secret('p') }, place)
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** The user that the chain finds. */
async function userOf(place: World, host: string, repository?: string): Promise<string | undefined> {
  const found = await credentialChain(place).credential({ scheme: 'https', host }, repository)
  return found?.kind === 'basic' ? found.username : undefined
}

describe('storeLogin', () => {
  it('writes the file of Helm in its layout, for its owner alone', async () => {
    const place = world()
    expect(await store(place, 'a.test')).toBe(place.helm)
    expect(readFileSync(place.helm, 'utf8')).toBe(
      '{\n\t"auths": {\n\t\t"a.test": {\n\t\t\t"auth": "dTpw"\n\t\t}\n\t}\n}',
    )
    if (!isWindows) expect(statSync(place.helm).mode & 0o777).toBe(0o600)
    if (!isWindows) expect(statSync(dirname(place.helm)).mode & 0o777).toBe(0o700)
    expect(readdirSync(dirname(place.helm))).toEqual(['config.json'])
    expect(await userOf(place, 'a.test', 'me/app')).toBe('u')
  })

  it('keeps other hosts and keys it does not know, and closes a file that all could read', async () => {
    const place = world()
    place.write(
      place.helm,
      '{"z": [1], "auths": {"b.test": {"auth": "dTpw", "more": true}, "__proto__": {"auth": "dTpw"}}, "HttpHeaders": {"a": "b"}, "__proto__": {"x": 1}}',
    )
    await store(place, 'a.test')
    await store(place, 'b.test', 'new')
    expect(readFileSync(place.helm, 'utf8').replace(/\s/g, '')).toBe(
      `{"HttpHeaders":{"a":"b"},"__proto__":{"x":1},"auths":{"b.test":{"auth":"${auth('new').auth}"},"__proto__":{"auth":"dTpw"},"a.test":{"auth":"dTpw"}},"z":[1]}`,
    )
    if (!isWindows) expect(statSync(place.helm).mode & 0o777).toBe(0o600)
  })

  it('of Docker Hub goes under the name that Docker gives it', async () => {
    const place = world()
    await store(place, 'docker.io')
    expect(json(place.helm)).toEqual({ auths: { 'https://index.docker.io/v1/': auth('u') } })
    expect(await userOf(place, 'registry-1.docker.io', 'me/app')).toBe('u')
  })

  it('for a path goes into the file of Podman', async () => {
    const place = world()
    expect(await store(place, 'a.test/me')).toBe(place.podman)
    expect(json(place.podman)).toEqual({ auths: { 'a.test/me': auth('u') } })
    expect(await userOf(place, 'a.test', 'me/app')).toBe('u')
    expect(await userOf(place, 'a.test', 'you/app')).toBeUndefined()
  })

  it('leaves a file that is no JSON as it is', async () => {
    const place = world()
    place.write(place.helm, '{"auths": ')
    await expect(store(place, 'a.test')).rejects.toMatchObject({ code: 'USAGE' })
    expect(readFileSync(place.helm, 'utf8')).toBe('{"auths": ')
    expect(readdirSync(dirname(place.helm))).toEqual(['config.json'])
  })

  it.each(['', 'a:b'])('refuses the user name %j, which could not be read back', async (username) => {
    const place = world()
    await expect(store(place, 'a.test', username)).rejects.toMatchObject({ code: 'USAGE' })
    expect(existsSync(place.helm)).toBe(false)
  })

  it.skipIf(isWindows)('writes through a link', async () => {
    const place = world()
    const real = join(temporaryFolder(), 'dotfiles.json')
    writeFileSync(real, '{}')
    mkdirSync(dirname(place.helm), { recursive: true })
    symlinkSync(real, place.helm)
    await store(place, 'a.test')
    expect(lstatSync(place.helm).isSymbolicLink()).toBe(true)
    expect(json(real)).toEqual({ auths: { 'a.test': auth('u') } })
  })

  it('takes over what a killed process left', async () => {
    const place = world()
    const child = execFile(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.once('close', resolve))
    place.write(`${place.helm}.chartroom.lock`, `${child.pid} ${hostname()}\n`)
    place.write(`${place.helm}.0123abcd.${child.pid}.tmp`, '{"auths": {"a.te')
    await store(place, 'a.test')
    expect(json(place.helm)).toEqual({ auths: { 'a.test': auth('u') } })
    expect(readdirSync(dirname(place.helm))).toEqual(['config.json'])
  })

  it('loses nothing when several processes write at once', async () => {
    const place = world()
    const program = await bundleProgram(
      new URL('../test/login-program.ts', import.meta.url),
      temporaryFolder(),
    )
    const prefixes = ['a', 'b', 'c']
    await Promise.all(
      prefixes.map((prefix) =>
        run(process.execPath, [program, prefix, '12'], {
          env: { ...process.env, ...place.env, XDG_CONFIG_HOME: '' },
        }),
      ),
    )
    const { auths } = json(place.helm) as { auths: object }
    expect(Object.keys(auths)).toHaveLength(36)
    expect(readdirSync(dirname(place.helm))).toEqual(['config.json'])
  })
})

describe('eraseLogin', () => {
  it('removes the login alone, and says where it was', async () => {
    const place = world()
    place.write(place.helm, { auths: { 'a.test': auth('u'), 'b.test': auth('u') }, other: 1 })
    expect(await eraseLogin('a.test', place)).toBe(place.helm)
    expect(json(place.helm)).toEqual({ auths: { 'b.test': auth('u') }, other: 1 })
  })

  it('removes it under every name it goes by', async () => {
    const place = world()
    place.write(place.helm, {
      auths: { 'docker.io': auth('u'), 'https://index.docker.io/v1/': auth('u'), 'docker.io/me': auth('u') },
    })
    expect(await eraseLogin('registry-1.docker.io', place)).toBe(place.helm)
    expect(json(place.helm)).toEqual({ auths: { 'docker.io/me': auth('u') } })
  })

  it('removes a login for a path from the file of Podman', async () => {
    const place = world()
    await store(place, 'a.test/me')
    await store(place, 'a.test/you')
    expect(await eraseLogin('a.test/me', place)).toBe(place.podman)
    expect(json(place.podman)).toEqual({ auths: { 'a.test/you': auth('u') } })
  })

  it('touches nothing where there is no login', async () => {
    const place = world()
    expect(await eraseLogin('a.test', place)).toBeUndefined()
    expect(existsSync(place.helm)).toBe(false)
    place.write(place.helm, '{"auths":{}}')
    expect(await eraseLogin('constructor', place)).toBeUndefined()
    expect(readFileSync(place.helm, 'utf8')).toBe('{"auths":{}}')
  })
})

describe.skipIf(isWindows)('with a helper', () => {
  /** A helper that keeps one login in a file. */
  function keeper(): World & { kept: string } {
    const place = world()
    place.helper(
      'x',
      `case "$1" in
store) cat > "$HOME/kept" ;;
erase) if [ -f "$HOME/kept" ]; then rm "$HOME/kept"; else echo "credentials not found in native keychain"; exit 1; fi ;;
get) if [ -f "$HOME/kept" ]; then cat "$HOME/kept"; else echo "credentials not found in native keychain"; exit 1; fi ;;
esac`,
    )
    return { ...place, kept: join(place.env.HOME ?? '', 'kept') }
  }

  it.each([
    { credsStore: 'x' },
    { credHelpers: { 'a.test': 'x' } },
    { credHelpers: { 'https://a.test': 'x' } },
  ])('of %j a login goes through it, and the file stays as it is', async (config) => {
    const place = keeper()
    place.write(place.helm, config)
    const before = readFileSync(place.helm, 'utf8')
    expect(await store(place, 'a.test')).toBe('docker-credential-x')
    expect(readFileSync(place.helm, 'utf8')).toBe(before)
    expect(await userOf(place, 'a.test')).toBe('u')
    expect(await eraseLogin('a.test', place)).toBe('docker-credential-x')
    expect(await userOf(place, 'a.test')).toBeUndefined()
    expect(await eraseLogin('a.test', place)).toBeUndefined()
    expect(readFileSync(place.helm, 'utf8')).toBe(before)
  })

  it('a login in plain text that is older is forgotten too', async () => {
    const place = keeper()
    place.write(place.helm, { credsStore: 'x', auths: { 'a.test': auth('old') } })
    expect(await eraseLogin('a.test', place)).toBe(place.helm)
    expect(await userOf(place, 'a.test')).toBeUndefined()
  })

  it('that fails nothing is written in plain text instead', async () => {
    const place = world()
    place.helper('x', 'exit 1')
    place.write(place.helm, { credsStore: 'x' })
    await expect(store(place, 'a.test')).rejects.toMatchObject({ code: 'IO' })
    expect(json(place.helm)).toEqual({ credsStore: 'x' })
  })
})
