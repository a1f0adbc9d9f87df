import { execFile } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { temporaryFolder } from '@chartroom/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bundleProgram } from '@chartroom/testkit'
import { addRepository, readRepositories, removeRepository } from './repositories-file.ts'

const isWindows = process.platform === 'win32'

/** The path of a file with this text, in a folder that is not there yet without one. */
function file(text?: string): string {
  const path = join(temporaryFolder(), 'helm', 'repositories.yaml')
  if (text === undefined) return path
  mkdirSync(dirname(path))
  writeFileSync(path, text)
  return path
}

describe('addRepository', () => {
  it('writes what helm repo add writes, for its owner alone', async () => {
    const path = file()
    await addRepository(path, {
      name: 'a',
      url: 'https://a.test',
      username: 'u',
      password: 'p',
      passCredentials: true,
    })
    expect(readFileSync(path, 'utf8')).toBe(`apiVersion: ""
generated: "0001-01-01T00:00:00Z"
repositories:
- caFile: ""
  certFile: ""
  insecure_skip_tls_verify: false
  keyFile: ""
  name: a
  pass_credentials_all: true
  password: p
  url: https://a.test
  username: u
`)
    if (!isWindows) expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(path))).toEqual(['repositories.yaml'])
  })

  it('keeps keys, repositories and values it does not know, and closes a file that all could read', async () => {
    const path = file(
      'apiVersion: v9\nmore: {x: 1}\n__proto__: {z: 1}\nrepositories:\n- {name: a, url: https://old.test, own: kept, __proto__: 1}\n- text\n- {name: b, url: https://b.test, timeout: 5}\n',
    )
    await addRepository(path, { name: 'a', url: 'https://new.test' })
    const text = readFileSync(path, 'utf8')
    expect(text).toMatch(
      /^__proto__:\n {2}z: 1\napiVersion: v9\ngenerated: "0001-01-01T00:00:00Z"\nmore:\n {2}x: 1\n/,
    )
    expect(text).toContain('- __proto__: 1\n  caFile: ""\n')
    expect(text).toContain('  own: kept\n')
    expect(text).toContain('- text\n- name: b\n  timeout: 5\n  url: https://b.test\n')
    expect((await readRepositories(path)).map(({ url }) => url)).toEqual([
      'https://new.test',
      'https://b.test',
    ])
    if (!isWindows) expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('gives back what was added', async () => {
    const text = fc.string({ minLength: 1 })
    const repository = fc.record({
      name: text,
      url: text,
      username: text,
      password: text,
      caFile: text,
      certFile: text,
      keyFile: text,
      insecureSkipTlsVerify: fc.boolean(),
      passCredentials: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(repository, async (one) => {
        const path = join(temporaryFolder(), 'repositories.yaml')
        await addRepository(path, one)
        expect(await readRepositories(path)).toEqual([one])
      }),
      { numRuns: 25 },
    )
  })

  it.skipIf(isWindows)('writes through a link', async () => {
    const real = file('repositories: []\n')
    const path = join(temporaryFolder(), 'repositories.yaml')
    symlinkSync(real, path)
    await addRepository(path, { name: 'a', url: 'https://a.test' })
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(await readRepositories(real)).toHaveLength(1)
  })

  it('loses nothing when several processes add at once', async () => {
    const path = file()
    const program = await bundleProgram(
      new URL('../../test/add-program.ts', import.meta.url),
      temporaryFolder(),
    )
    await Promise.all(
      ['a', 'b', 'c'].map((prefix) => promisify(execFile)(process.execPath, [program, path, prefix, '8'])),
    )
    expect(await readRepositories(path)).toHaveLength(24)
    expect(readdirSync(dirname(path))).toEqual(['repositories.yaml'])
  })
})

describe('removeRepository', () => {
  it('removes one by its name', async () => {
    const path = file('repositories:\n- {name: a, url: https://a.test}\n- {name: b, url: https://b.test}\n')
    await removeRepository(path, 'a')
    expect((await readRepositories(path)).map(({ name }) => name)).toEqual(['b'])
  })

  it('knows a name that was not added, and leaves the file', async () => {
    const path = file('repositories: [] # kept\n')
    await expect(removeRepository(path, 'a')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(readFileSync(path, 'utf8')).toBe('repositories: [] # kept\n')
  })
})

describe('readRepositories', () => {
  it.each([undefined, '', '\n', 'apiVersion: ""\n', 'repositories: null\n'])(
    'finds none in %j',
    async (text) => {
      expect(await readRepositories(file(text))).toEqual([])
    },
  )

  it.each([
    '- a\n',
    'text\n',
    'repositories: {a: b}\n',
    'repositories: text\n',
    'repositories: [\n',
    'a: "hunter2\n',
  ])('refuses %j with the path, and nothing overwrites it', async (text) => {
    const path = file(text)
    const error = await readRepositories(path).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'YAML_INVALID', message: expect.stringContaining(path) })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
    await expect(addRepository(path, { name: 'a', url: 'u' })).rejects.toMatchObject({ code: 'YAML_INVALID' })
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})
