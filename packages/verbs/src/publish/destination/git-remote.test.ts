import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { exitCodes } from '@chartroom/errors'
import type { GitServer, GitServerOptions } from '@chartroom/testkit'
import { startGitServer } from '@chartroom/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BranchDesk } from '../../../test/branch-desk.ts'
import { branchDesk, packed, publishTo } from '../../../test/branch-desk.ts'
import type { Environment } from '../../environment.ts'
import { gitDestination } from './git.ts'

const token = 'ghs_hunter2hunter2'
const login = { username: 'x-access-token', password: token }

interface Host {
  readonly desk: BranchDesk
  readonly server: GitServer
  readonly to: string
  readonly environment: (env: Readonly<Record<string, string>>) => Environment
}

async function host(options: Partial<GitServerOptions> = {}): Promise<Host> {
  const desk = branchDesk()
  const server = await startGitServer({ root: desk.folder, ...options })
  onTestFinished(() => server.close())
  const to = `git+${server.url}/my%20charts.git#gh-pages`
  const environment = (env: Readonly<Record<string, string>>): Environment => ({
    ...desk.environment,
    env: { ...desk.environment.env, ...env },
  })
  return { desk, server, to, environment }
}

/** A port where connections are taken and never answered. */
async function silentPort(): Promise<number> {
  const sockets: Socket[] = []
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The error of a plan, whole, with its causes. */
async function planError(to: string, environment: Environment, idleTimeout?: number): Promise<Error> {
  const destination = gitDestination({ to, environment, force: false, idleTimeout })
  try {
    return await destination.plan([packed('app', '1.0.0')]).then(
      () => new Error('it was taken'),
      (error: Error) => error,
    )
  } finally {
    await destination.close?.()
  }
}

describe('a branch behind HTTP', () => {
  it('is published to and read with few requests', async () => {
    const { desk, server, to } = await host()
    expect((await publishTo(desk, [packed('app', '1.0.0')], { to }))?.status).toBe('done')
    expect((await publishTo(desk, [packed('app', '1.1.0')], { to }))?.status).toBe('done')
    expect(desk.index().entries.get('app')).toHaveLength(2)
    const before = server.requests.length
    expect((await publishTo(desk, [packed('app', '1.1.0')], { to }))?.action).toBe('unchanged')
    expect(server.requests.slice(before).filter((one) => one.includes('receive-pack'))).toEqual([])
  })

  it('is not fetched with the archives in it', async () => {
    const { desk, server, to } = await host()
    const bulk = randomBytes(400_000).toString('base64')
    desk.write('gh-pages', { 'old-1.0.0.tgz': bulk })
    await publishTo(desk, [packed('app', '1.0.0')], {
      to,
      meanwhile: () => publishTo(desk, [packed('api', '1.0.0')]),
    })
    expect(desk.git('rev-list', '--count', 'gh-pages')).toBe('3')
    expect(server.sent()).toBeLessThan(20_000)
    expect(desk.git('show', 'gh-pages:old-1.0.0.tgz')).toBe(bulk)
  })

  it('takes archives that are larger than a buffer of git', async () => {
    const { desk, to } = await host()
    const large = packed('app', '1.0.0', `noise: ${randomBytes(3_000_000).toString('base64')}\n`)
    expect(large.archive.length).toBeGreaterThan(2 * 1024 * 1024)
    expect((await publishTo(desk, [large], { to }))?.status).toBe('done')
    expect(desk.git('cat-file', '-s', 'gh-pages:app-1.0.0.tgz')).toBe(String(large.archive.length))
  })

  it('takes GITHUB_TOKEN for the server of GitHub that the variables name, and shows it nowhere', async () => {
    const { desk, server, to, environment } = await host({ login })
    const trace = join(desk.folder, 'trace')
    const result = await publishTo(desk, [packed('app', '1.0.0')], {
      to,
      environment: environment({
        GITHUB_TOKEN: token,
        GITHUB_SERVER_URL: server.url,
        GIT_TRACE2_EVENT: trace,
        GIT_TRACE_CURL: `${trace}-curl`,
        GIT_TRACE_REDACT: '0',
      }),
    })
    expect(result?.status).toBe('done')
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
    for (const text of [readFileSync(trace, 'utf8'), readFileSync(`${trace}-curl`, 'utf8')]) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(basic)
    }
  })

  it('takes the login of a credential helper of git', async () => {
    const { desk, to, environment } = await host({ login: { username: 'me', password: 'secret' } })
    const helper = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'credential.helper',
      GIT_CONFIG_VALUE_0: '!f() { echo username=me; echo password=secret; }; f',
    }
    const result = await publishTo(desk, [packed('app', '1.0.0')], { to, environment: environment(helper) })
    expect(result?.status).toBe('done')
  })

  it.skipIf(process.platform === 'win32')('asks a person once a run', async () => {
    const { desk, to, environment } = await host({ login: { username: 'me', password: 'secret' } })
    const ask = join(desk.folder, 'ask')
    writeFileSync(
      ask,
      `#!/bin/sh\necho "$1" >> '${ask}.log'\ncase "$1" in User*) echo me;; *) echo secret;; esac\n`,
    )
    chmodSync(ask, 0o755)
    const given = { to, environment: environment({ GIT_ASKPASS: ask }), mayAsk: true }
    expect((await publishTo(desk, [packed('app', '1.0.0')], given))?.status).toBe('done')
    expect(desk.read(`${ask}.log`).trim().split('\n')).toHaveLength(2)
    expect(desk.left()).toEqual([])
  })

  it('does not get a token that is another host’s', async () => {
    const { server, to, environment } = await host({ login })
    const error = await planError(to, environment({ GITHUB_TOKEN: token }))
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', hint: expect.stringContaining('GITHUB_TOKEN') })
    expect(server.requests.length).toBeGreaterThan(0)
  })

  it('does not take the token along to where it is sent', async () => {
    const other = await host()
    const { server, to, environment } = await host()
    const elsewhere: string[] = []
    const thief = await startGitServer({
      root: other.desk.folder,
      refuse: ({ headers }) => {
        elsewhere.push(headers.authorization ?? '')
        return undefined
      },
    })
    onTestFinished(() => thief.close())
    const redirecting = await startGitServer({
      root: other.desk.folder,
      refuse: () => 302,
      location: `${thief.url}/my%20charts.git/info/refs?service=git-upload-pack`,
    })
    onTestFinished(() => redirecting.close())
    const error = await planError(
      to.replace(server.url, redirecting.url),
      environment({ GITHUB_TOKEN: token, GITHUB_SERVER_URL: redirecting.url }),
    )
    expect(error).toMatchObject({ code: 'REPOSITORY_NOT_FOUND' })
    expect(elsewhere).toEqual([])
  })

  it.each([
    [401, 'UNAUTHENTICATED', 3],
    [403, 'FORBIDDEN', 3],
    [404, 'REPOSITORY_NOT_FOUND', 4],
    [429, 'RATE_LIMITED', 9],
    [500, 'SERVER_ERROR', 9],
    [503, 'SERVER_ERROR', 9],
  ] as const)('answering %d is %s', async (status, code, exit) => {
    const { server, to, environment } = await host({ refuse: () => status })
    const env = { GITHUB_TOKEN: token, GITHUB_SERVER_URL: server.url }
    const error = await planError(to, environment(env))
    expect(error).toMatchObject({ code, hint: expect.any(String), cause: expect.any(Error) })
    expect(exitCodes[code]).toBe(exit)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token)
  })

  it('that may be read and not written is found out before anything moves', async () => {
    const { desk, to } = await host({
      refuse: ({ url = '' }) => (url.includes('receive-pack') ? 403 : undefined),
    })
    const moved: string[] = []
    const result = await publishTo(desk, [packed('app', '1.0.0')], { to, meanwhile: () => moved.push('x') })
    expect(result).toMatchObject({ status: 'failed', error: { code: 'FORBIDDEN' } })
    expect(moved).toEqual([])
  })

  it('that is not there is a matter of the address', async () => {
    const { to, environment } = await host()
    expect(await planError(to.replace('my%20charts', 'absent'), environment({}))).toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
    })
  })

  it('whose port is closed is a matter of the network', async () => {
    const { server, to, environment } = await host()
    await server.close()
    expect(await planError(to, environment({}))).toMatchObject({ code: 'NETWORK' })
  })

  it('that took the push and lost its answer has been published to', async () => {
    let cut = true
    const { desk, to } = await host({
      cutAnswer: ({ method, url = '' }) => {
        const now = cut && method === 'POST' && url.endsWith('git-receive-pack')
        if (now) cut = false
        return now
      },
    })
    expect(await publishTo(desk, [packed('app', '1.0.0')], { to })).toMatchObject({ status: 'done' })
    expect(cut).toBe(false)
    expect(desk.git('rev-list', '--count', 'gh-pages')).toBe('1')
  })
})

describe('a branch behind ssh', () => {
  it('is reached by the ssh command of git', async () => {
    const desk = branchDesk()
    const ssh = join(desk.folder, 'ssh')
    // Options, the host, and what is to be run there.
    writeFileSync(ssh, `#!/bin/sh\necho "$@" >> '${ssh}.log'\nfor last; do :; done\nexec sh -c "$last"\n`)
    chmodSync(ssh, 0o755)
    const environment = { ...desk.environment, env: { ...desk.environment.env, GIT_SSH: ssh } }
    const to = `git+ssh://git@git.example:2222${desk.remote.replaceAll(' ', '%20')}#gh-pages`
    expect((await publishTo(desk, [packed('app', '1.0.0')], { to, environment }))?.status).toBe('done')
    expect(desk.index().entries.size).toBe(1)
    expect(desk.read(`${ssh}.log`)).toMatch(/-p 2222 .*git@git\.example git-receive-pack/)
  })
})

describe('a remote that says nothing', () => {
  it.each(['http', 'ssh'])('is given up over %s, and leaves nothing behind', async (scheme) => {
    const desk = branchDesk()
    const to = `git+${scheme}://127.0.0.1:${await silentPort()}/charts.git#gh-pages`
    // An ssh that hangs, for machines that have none.
    const env = { ...desk.environment.env, GIT_SSH_COMMAND: 'sleep 20; true' }
    const error = await planError(to, { ...desk.environment, env }, 700)
    expect(error).toMatchObject({ code: 'TIMEOUT', message: expect.stringContaining('0.7 s') })
    expect(desk.left()).toEqual([])
  })

  it('is left when the run is aborted', async () => {
    const desk = branchDesk()
    const to = `git+http://127.0.0.1:${await silentPort()}/charts.git#gh-pages`
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 300)
    const error = await planError(to, { ...desk.environment, signal: controller.signal })
    expect(error.name).toBe('AbortError')
    expect(desk.left()).toEqual([])
  })

  it('is not even asked by a run that was aborted before', async () => {
    const desk = branchDesk()
    const environment = { ...desk.environment, signal: AbortSignal.abort() }
    expect((await planError(`${desk.to}#gh-pages`, environment)).name).toBe('AbortError')
    expect(desk.left()).toEqual([])
  })
})
