import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serveCredentials } from './docker-credential.ts'

interface Desk {
  readonly home: string
  readonly helm: string
  readonly docker: string
  readonly ask: (verb: string, input?: string) => Promise<{ code: number; said: string; warned: string }>
  readonly write: (path: string, content: unknown) => void
}

function desk(more: Record<string, string> = {}): Desk {
  const home = mkdtempSync(join(tmpdir(), 'chartroom-credential-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const env = { HOME: home, PATH: `${join(home, 'bin')}${delimiter}${process.env['PATH']}`, ...more }
  return {
    home,
    helm: join(home, '.config/helm/registry/config.json'),
    docker: join(home, '.docker/config.json'),
    async ask(verb, text = '') {
      let said = ''
      let warned = ''
      const input = (async function* () {
        yield Buffer.from(text)
      })()
      const out = (part: string): void => void (said += part)
      const err = (part: string): void => void (warned += part)
      const environment = { env, cwd: home, platform: 'linux' } as const
      const code = await serveCredentials([verb], environment, { input, io: { out, err } })
      return { code, said, warned }
    },
    write(path, content) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    },
  }
}

const auth = (user: string, secret: string): object => ({
  auth: Buffer.from(`${user}:${secret}`).toString('base64'),
})
const login = (server: string): string =>
  JSON.stringify({ ServerURL: server, Username: 'me', Secret: 'hunter2' })

describe('docker-credential-chartroom', () => {
  it('gives the login that chartroom uses, whichever file has it', async () => {
    const { ask, write, helm, docker } = desk()
    write(helm, { auths: { 'a.test': auth('helm', 's1') } })
    write(docker, { auths: { 'a.test': auth('docker', 's2'), 'b.test': auth('docker', 's2') } })
    expect(JSON.parse((await ask('get', 'a.test')).said)).toEqual({
      ServerURL: 'a.test',
      Username: 'helm',
      Secret: 's1',
    })
    expect(JSON.parse((await ask('get', 'https://b.test\n')).said)).toMatchObject({
      Username: 'docker',
      Secret: 's2',
    })
  })

  it('gives a refresh token under the name that clients know', async () => {
    const { ask, write, docker } = desk()
    write(docker, { auths: { 'a.test': { identitytoken: 'refresh' } } })
    expect(JSON.parse((await ask('get', 'a.test')).said)).toMatchObject({
      Username: '<token>',
      Secret: 'refresh',
    })
  })

  it("gives what the vendor's variables hold", async () => {
    const { ask } = desk({ GITHUB_TOKEN: 'ghs_1', GITHUB_ACTOR: 'octocat' })
    expect(JSON.parse((await ask('get', 'ghcr.io')).said)).toMatchObject({
      Username: 'octocat',
      Secret: 'ghs_1',
    })
  })

  it('says in the words of the protocol that there is none', async () => {
    const { ask } = desk()
    expect(await ask('get', 'a.test')).toEqual({
      code: 1,
      said: 'credentials not found in native keychain\n',
      warned: '',
    })
  })

  it.each(['a.test', 'https://a.test', 'https://a.test/v2/', 'https://index.docker.io/v1/'])(
    'keeps, lists, gives and forgets a login for %s',
    async (server) => {
      const { ask } = desk()
      expect(await ask('store', login(server))).toEqual({ code: 0, said: '', warned: '' })
      expect(JSON.parse((await ask('get', server)).said)).toEqual(JSON.parse(login(server)))
      expect(Object.values(JSON.parse((await ask('list')).said) as object)).toEqual(['me'])
      expect(await ask('erase', server)).toMatchObject({ code: 0, said: '' })
      expect((await ask('get', server)).code).toBe(1)
      expect(await ask('erase', server)).toMatchObject({ code: 0, said: '' })
    },
  )

  it('never runs itself, and writes behind the file that names it', async () => {
    const { ask, write, helm, docker, home } = desk()
    mkdirSync(join(home, 'bin'))
    writeFileSync(
      join(home, 'bin/docker-credential-chartroom'),
      `#!/bin/sh\ntouch '${home}/called'\nexit 1\n`,
    )
    chmodSync(join(home, 'bin/docker-credential-chartroom'), 0o755)
    write(helm, { credsStore: 'chartroom', auths: {} })
    write(docker, {
      credsStore: 'chartroom',
      credHelpers: { 'a.test': 'chartroom' },
      auths: { 'a.test': {} },
    })
    await ask('store', login('a.test'))
    expect(JSON.parse((await ask('get', 'a.test')).said)).toMatchObject({ Username: 'me' })
    expect(JSON.parse(readFileSync(helm, 'utf8'))).toEqual({
      auths: { 'a.test': auth('me', 'hunter2') },
      credsStore: 'chartroom',
    })
    await ask('list')
    await ask('erase', 'a.test')
    expect(() => readFileSync(join(home, 'called'))).toThrow('ENOENT')
  })

  it('keeps a login for a path, which is given for that path alone', async () => {
    const { ask } = desk()
    await ask('store', login('a.test/team'))
    expect((await ask('get', 'a.test/team/app')).code).toBe(0)
    expect((await ask('get', 'a.test/other')).code).toBe(1)
  })

  it.each([
    ['get', '', 'no credentials server URL'],
    ['get', 'a b', 'the server URL has spaces in it'],
    ['erase', ' ', 'no credentials server URL'],
    ['store', 'hunter2', 'the login to store is no JSON'],
    ['store', '["hunter2"]', 'no credentials username'],
    ['store', '{"Username":"hunter2","Secret":"s"}', 'no credentials server URL'],
    ['store', 'x'.repeat(1024 * 1024 + 1), 'more than 1048576 bytes were given'],
    ['version', '', 'Usage: docker-credential-chartroom <get|store|erase|list>'],
  ])('answers %s %j with words on standard output', async (verb, input, said) => {
    expect(await desk().ask(verb, input)).toEqual({ code: 1, said: `${said}\n`, warned: '' })
  })

  it('says on the other stream what is wrong with a file', async () => {
    const { ask, write, helm } = desk()
    write(helm, '{"auths": hunter2')
    const { said, warned } = await ask('get', 'a.test')
    expect(said).toBe('credentials not found in native keychain\n')
    expect(warned).toMatch(/^chartroom: .* is no JSON object/)
    expect(warned).not.toContain('hunter2')
  })
})
