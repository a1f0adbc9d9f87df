import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, serve, temporaryHome } from '../workspace.ts'
import type { Project } from './project.ts'
import { createProject, createRecorder } from './project.ts'

const name = 'publish-oci.sh'
// htpasswd -nbBC 5 alice 'sesame secret'
const users = 'alice:$2b$05$/hItkmZMO8gzJOL4YAP54entyiKgz.rVqhTCIaYURmHFScJ7rpwCi\n'

let home: Home
let guarded: Served
let count = 0

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  const file = join(home.folder, 'users')
  await writeFile(file, users)
  guarded = await serve(home, ['--htpasswd', file])
})

afterAll(async () => {
  await guarded?.close()
  await home?.remove()
})

function project(): Promise<Project> {
  count += 1
  return createProject(home, { name: `project ${count}`, yaml: 'destinations: []\n' })
}

describe('publish-oci.sh and logins', () => {
  const to = (): string[] => ['--registry', guarded.host, '--namespace', `n${(count += 1)}/charts`]

  it('S57 --username with --password logs in, with a warning', async () => {
    const { script } = await project()
    const ended = await script(name, [...to(), '--username', 'alice', '--password', 'sesame secret'])
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.stderr).toMatch(/Warning:.*--password-stdin/)
  })

  it.each([
    ['--password-stdin', { args: ['--username', 'alice', '--password-stdin'], input: 'sesame secret\n' }],
    [
      'REGISTRY_USERNAME and REGISTRY_PASSWORD',
      { env: { REGISTRY_USERNAME: 'alice', REGISTRY_PASSWORD: 'sesame secret' } },
    ],
  ])(
    'S57 %s logs in without a warning',
    async (_, {
      args = [],
      env,
      input,
    }: { args?: string[]; env?: Record<string, string>; input?: string }) => {
      const { script } = await project()
      const ended = await script(name, [...to(), ...args], { env, input })
      expect(ended).toMatchObject({ code: 0 })
      expect(ended.stderr).not.toContain('Warning')
    },
  )

  it('S57 never puts the secret into the arguments of a child', async () => {
    const { script } = await project()
    const recorder = await createRecorder(home, `recorder-${count}`)
    const env = { CHARTROOM: recorder.path, REGISTRY_USERNAME: 'alice', REGISTRY_PASSWORD: 'sesame secret' }
    expect(await script(name, to(), { env })).toMatchObject({ code: 0 })
    const calls = await recorder.calls()
    expect(calls.filter((call) => call.includes('sesame'))).toEqual([])
    expect(calls.filter((call) => call.startsWith('publish '))).toEqual([
      expect.stringMatching(/user=alice password=given$/),
    ])
    expect(calls.filter((call) => !call.startsWith('publish '))).toEqual([
      expect.stringMatching(/user= password=$/),
    ])
  })

  it.each([
    ['--skip-login', { args: ['--skip-login'] }],
    ['SKIP_LOGIN', { env: { SKIP_LOGIN: 'true' } }],
  ])(
    'S57 %s leaves the given login aside',
    async (_, { args = [], env }: { args?: string[]; env?: Record<string, string> }) => {
      const { script } = await project()
      const login = { REGISTRY_USERNAME: 'alice', REGISTRY_PASSWORD: 'sesame secret' }
      expect(await script(name, [...to(), ...args], { env: { ...login, ...env } })).toMatchObject({ code: 3 })
    },
  )

  it('S57 uses the login that helm stored when none is given', async () => {
    const { script } = await project()
    const folder = join(home.folder, '.config', 'helm', 'registry')
    await mkdir(folder, { recursive: true })
    const auth = Buffer.from('alice:sesame secret').toString('base64')
    await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [guarded.host]: { auth } } }))
    const ended = await script(name, to())
    await rm(folder, { recursive: true })
    expect(ended).toMatchObject({ code: 0 })
  })

  it('S57 a wrong password ends with exit code 3 and is not printed', async () => {
    const { script } = await project()
    const env = { REGISTRY_USERNAME: 'alice', REGISTRY_PASSWORD: 'wrong-one' }
    const ended = await script(name, to(), { env })
    expect(ended).toMatchObject({ code: 3 })
    expect(ended.stdout + ended.stderr).not.toContain('wrong-one')
  })

  it.each([
    ['a user name without a password', ['--username', 'alice'], ''],
    ['a password without a user name', ['--password-stdin'], 'x'],
    ['an empty standard input', ['--username', 'alice', '--password-stdin'], ''],
  ])('S57 %s is a usage error', async (_, args, input) => {
    const { script } = await project()
    expect(await script(name, [...to(), ...args], { input })).toMatchObject({ code: 2, stdout: '' })
  })
})
