import { spawn } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAuthority } from '@chartroom/testkit'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { needProgram } from '../peers/peers.ts'
import { ensureBuilt } from '../workspace.ts'
import type { ForwardProxy } from './forward-proxy.ts'
import { startForwardProxy } from './forward-proxy.ts'
import type { Site } from './site.ts'
import { distribution, good, openSite, password, passwordFile } from './site.ts'

beforeAll(ensureBuilt)

const authority = createAuthority()
const tls = authority.certify(['registry.example.test'])

interface Inside {
  readonly site: Site
  /** A name that leads nowhere but behind the proxy. */
  readonly host: string
}

async function inside(): Promise<Inside> {
  const { host } = await distribution({ tls, htpasswd: passwordFile })
  const site = await openSite()
  await writeFile(join(site.folder, 'ca.pem'), authority.certificate)
  return { site, host: `registry.example.test:${host.split(':')[1]}` }
}

async function proxy(login?: string): Promise<ForwardProxy> {
  const started = await startForwardProxy(login)
  onTestFinished(() => started.close())
  return started
}

async function work({ site, host }: Inside, env: Record<string, string>): Promise<void> {
  const tlsFlags = ['--ca-file', 'ca.pem']
  const login = ['login', host, '--username', 'me', '--password-stdin', ...tlsFlags]
  good(await site.chartroom(login, { env, input: password }))
  good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/team`, ...tlsFlags], { env }))
  good(await site.chartroom(['pull', `oci://${host}/team/app`, ...tlsFlags], { env }))
}

describe('a registry behind a forward proxy', () => {
  it('is reached through the proxy alone', async () => {
    const place = await inside()
    const { url, asked } = await proxy()
    await work(place, { HTTPS_PROXY: url })
    expect(new Set(asked)).toEqual(new Set([`CONNECT ${place.host}`]))
  })

  it('is reached through a proxy that wants a login itself, which doctor does not show', async () => {
    const place = await inside()
    const { url } = await proxy('proxy-user:proxy-secret')
    await work(place, { HTTPS_PROXY: url })
    const reference = `oci://${place.host}/team/app:1.0.0`
    const letter = good(
      await place.site.chartroom(['doctor', reference, '--ca-file', 'ca.pem'], { env: { HTTPS_PROXY: url } }),
    )
    expect(letter).toMatch(
      /ok {7}proxy {11}requests to registry\.example\.test:\d+ go by http:\/\/127\.0\.0\.1:\d+\n/,
    )
    expect(letter).not.toContain('proxy-secret')
  })

  it('is told of by doctor where the proxy is down, refuses us, or is passed by', async () => {
    const { site, host } = await inside()
    const { url } = await proxy('proxy-user:proxy-secret')
    const examine = (env: Record<string, string>): ReturnType<Site['chartroom']> =>
      site.chartroom(['doctor', host, '--ca-file', 'ca.pem'], { env })
    const down = await examine({ HTTPS_PROXY: 'http://127.0.0.1:1' })
    expect([down.code, down.stdout]).toEqual([
      9,
      expect.stringMatching(/failure {2}proxy .*cannot be reached\n.*ECONNREFUSED/),
    ])
    const refused = await examine({ HTTPS_PROXY: url.replace('proxy-secret', 'wrong') })
    expect([refused.code, refused.stdout]).toEqual([9, expect.stringMatching(/failure {2}tls .*407/)])
    const passed = await examine({ HTTPS_PROXY: url, NO_PROXY: 'registry.example.test' })
    expect([passed.code, passed.stdout]).toEqual([
      9,
      expect.stringMatching(/none is used for .*although HTTPS_PROXY is set[\s\S]*failure {2}name/),
    ])
  })

  it('is reached through squid', { timeout: 60_000 }, async () => {
    const squid = needProgram('squid')
    const place = await inside()
    await work(place, { HTTPS_PROXY: await startSquid(squid, place.site.folder) })
  })
})

async function startSquid(program: string, folder: string): Promise<string> {
  const port = await freePort()
  // It reads as another user.
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'hosts'), '127.0.0.1 registry.example.test\n')
  const lines = [
    `http_port 127.0.0.1:${port}`,
    'http_access allow all',
    `hosts_file ${join(folder, 'hosts')}`,
    `pid_filename ${join(folder, 'squid.pid')}`,
    'access_log none',
    `cache_log ${join(folder, 'squid.log')}`,
    'cache deny all',
    'shutdown_lifetime 0 seconds',
    'pinger_enable off',
  ]
  await writeFile(join(folder, 'squid.conf'), `${lines.join('\n')}\n`)
  const child = spawn(program, ['-N', '-f', join(folder, 'squid.conf')], { stdio: 'ignore' })
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill()
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  for (let attempt = 0; attempt < 200; attempt++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return url
    await sleep(50)
  }
  throw new Error('squid does not listen')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
