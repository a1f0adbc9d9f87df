import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { caCertificate } from '../../test/certificates.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import { createTransport, readAll } from '../index.ts'
import { proxyOf } from './proxy.ts'

const names = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']

/** The variables of this process itself: that is where proxies are looked up. */
function environment(values: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const before = { ...process.env }
  for (const name of names) {
    delete process.env[name]
    delete process.env[name.toUpperCase()]
  }
  Object.assign(process.env, values)
  onTestFinished(() => {
    for (const name of [...names, ...Object.keys(values)]) {
      delete process.env[name]
      if (before[name] !== undefined) process.env[name] = before[name]
    }
  })
  return { ...process.env }
}

interface Proxy {
  readonly port: number
  readonly seen: string[]
}

/** Forwards everything to one port, whatever host is named. */
async function startProxy(target: number): Promise<Proxy> {
  const seen: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    response.end('by proxy')
  })
  server.on('connect', (request, socket: Socket) => {
    seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    if (request.url?.startsWith('refused.test') === true) return void socket.end('HTTP/1.1 403 No\r\n\r\n')
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const one of [onward, socket]) {
      sockets.add(one)
      one.on('error', () => one.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, seen }
}

describe('a proxy', () => {
  it.each([
    ['https://ghcr.io/', { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128/'],
    ['https://ghcr.io/', { https_proxy: 'p:3128' }, 'http://p:3128/'],
    ['http://h/', { HTTP_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['http://h/', { ALL_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://h/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['https://ghcr.io/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'ghcr.io' }, undefined],
    ['https://a.ghcr.io/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.ghcr.io' }, undefined],
    ['https://ghcr.io/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, undefined],
    ['https://10.1.2.3/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x, 10.0.0.0/8' }, undefined],
    ['https://11.1.2.3/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://p:1/'],
    ['https://[fd00::1]/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'fd00::/8' }, undefined],
    ['https://10.1.2.3/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/99' }, 'http://p:1/'],
    ['http://169.254.169.254/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://169.255.169.254/', { HTTP_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['http://localhost:5000/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://127.0.0.1:5000/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://[::1]:5000/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['https://h/', {}, undefined],
  ])('for %s with %j is %s', async (url, values, wanted) => {
    const env = environment(values as Record<string, string>)
    expect((await proxyOf(new URL(url), env))?.href).toBe(wanted)
  })

  it('is asked for the whole address over plain HTTP, with its own login', async () => {
    const proxy = await startProxy(0)
    const env = environment({ HTTP_PROXY: `http://me:p%40ss@127.0.0.1:${proxy.port}` })
    const transport = createTransport({ env })
    onTestFinished(() => transport.close())
    const response = await transport.request({
      method: 'GET',
      url: new URL('http://registry.test:5000/v2/?a=b'),
    })
    expect(Buffer.from(await readAll(response.body, 100)).toString()).toBe('by proxy')
    const login = Buffer.from('me:p@ss').toString('base64')
    expect(proxy.seen).toEqual([`GET http://registry.test:5000/v2/?a=b Basic ${login}`])
  })

  it('is passed through for HTTPS, and sees nothing of it', async () => {
    const server = await scriptedServer({ 'GET /v2/': { body: 'by server' } }, { tls: true })
    const proxy = await startProxy(server.port)
    const caFile = join(temporaryFolder(), 'ca.pem')
    writeFileSync(caFile, caCertificate)
    const env = environment({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` })
    const transport = createTransport({ env, caFile })
    onTestFinished(() => transport.close())
    for (let i = 0; i < 2; i++) {
      const response = await transport.request({
        method: 'GET',
        url: new URL('https://registry.test/v2/'),
        headers: { authorization: 'Basic c2VjcmV0' },
      })
      expect(Buffer.from(await readAll(response.body, 100)).toString()).toBe('by server')
    }
    // Both requests on one connection.
    expect(proxy.seen).toEqual(['CONNECT registry.test:443'])
    expect(server.requests).toMatchObject([
      { headers: { authorization: 'Basic c2VjcmV0' } },
      { headers: { authorization: 'Basic c2VjcmV0' } },
    ])
    const untrusting = createTransport({ env, retry: { attempts: 1 } })
    onTestFinished(() => untrusting.close())
    const request = untrusting.request({ method: 'GET', url: new URL('https://registry.test/v2/') })
    await expect(request).rejects.toMatchObject({ code: 'NETWORK' })
  })

  it('that refuses is told of, and gets no credential', async () => {
    const proxy = await startProxy(1)
    const env = environment({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` })
    const transport = createTransport({ env, retry: { attempts: 1 } })
    onTestFinished(() => transport.close())
    const request = transport.request({
      method: 'GET',
      url: new URL('https://refused.test/v2/'),
      headers: { authorization: 'Basic c2VjcmV0' },
    })
    // Nothing of its answer counts: it would pass for the registry's own.
    await expect(request).rejects.toMatchObject({
      code: 'NETWORK',
      message: 'the proxy does not connect to refused.test: it answered 403',
    })
    expect(proxy.seen).toEqual(['CONNECT refused.test:443'])
  })
})
