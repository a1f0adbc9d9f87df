import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { Content, TransportOptions } from '../index.ts'
import { contentOf, createTransport, readAll } from '../index.ts'
import { limits } from '../limits.ts'
import { discard } from './transport.ts'
import type { Transport } from './transport.ts'

const retry = { delay: 1, maxDelay: 2 }

function open(options: TransportOptions = {}): Transport {
  const transport = createTransport({ retry, ...options })
  onTestFinished(() => transport.close())
  return transport
}

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text)
}

async function get(transport: Transport, url: string): Promise<string> {
  const response = await transport.request({ method: 'GET', url: new URL(url) })
  return `${response.status} ${Buffer.from(await readAll(response.body, 1000)).toString()}`
}

describe('the transport', () => {
  it('sends what it is given, under its name, and asks for nothing compressed', async () => {
    const server = await scriptedServer({ 'PUT /a?b=c': { status: 201, body: 'done' } })
    const body = contentOf(new TextEncoder().encode('content'))
    const seen: number[] = []
    const response = await open({ userAgent: 'test/1' }).request({
      method: 'PUT',
      url: new URL(`${server.url}/a?b=c`),
      headers: { 'content-type': 'text/x' },
      body,
      bodySize: 7,
      onProgress: (bytes) => seen.push(bytes),
    })
    expect(Buffer.from(await readAll(response.body, 10)).toString()).toBe('done')
    expect(seen).toEqual([7])
    expect(server.requests).toMatchObject([
      {
        headers: {
          host: server.host,
          'user-agent': 'test/1',
          'accept-encoding': 'identity',
          'content-type': 'text/x',
          'content-length': '7',
        },
        body: Buffer.from('content'),
      },
    ])
  })

  it('keeps its connection', async () => {
    const server = await scriptedServer({ 'GET /': { body: 'x' } })
    const transport = open()
    for (let i = 0; i < 5; i++) expect(await get(transport, server.url)).toBe('200 x')
    expect(new Set(server.requests.map(({ clientPort }) => clientPort)).size).toBe(1)
  })

  it('closes a connection rather than read an endless rest', async () => {
    const server = await scriptedServer({ 'GET /': { body: 'x'.repeat(3 * limits.discardBytes) } })
    const transport = open({ connections: 1 })
    const first = await transport.request({ method: 'GET', url: new URL(server.url) })
    discard(first.body)
    expect((await get(transport, `${server.url}/absent`)).slice(0, 3)).toBe('404')
  })

  it.each([408, 429, 500, 502, 503, 504])('tries again after %i', async (status) => {
    const server = await scriptedServer({ 'GET /': [{ status }, { status }, { body: 'ok' }] })
    expect(await get(open(), server.url)).toBe('200 ok')
    expect(server.requests).toHaveLength(3)
  })

  it('gives the last answer after five tries', async () => {
    const server = await scriptedServer({ 'GET /': { status: 503, body: 'busy' } })
    expect(await get(open(), server.url)).toBe('503 busy')
    expect(server.requests).toHaveLength(5)
  })

  it.each([400, 401, 403, 404, 501])('takes %i for an answer', async (status) => {
    const server = await scriptedServer({ 'GET /': { status } })
    expect(await get(open(), server.url)).toBe(`${status} `)
    expect(server.requests).toHaveLength(1)
  })

  it('waits no longer than it may, and gives the answer instead', async () => {
    const server = await scriptedServer({ 'GET /': { status: 429, headers: { 'retry-after': 3600 } } })
    expect(await get(open(), server.url)).toBe('429 ')
    expect(server.requests).toHaveLength(1)
  })

  it('tries once where the caller knows better', async () => {
    const server = await scriptedServer({ 'GET /': { status: 503 } })
    const response = await open().request({ method: 'GET', url: new URL(server.url), retry: false })
    discard(response.body)
    expect(server.requests).toHaveLength(1)
  })

  it('sends a body again after a cut connection, from its beginning', async () => {
    const server = await scriptedServer({ 'PUT /': [{ status: 0 }, { status: 503 }, { status: 201 }] })
    let opened = 0
    const body: Content = {
      open: () => {
        opened++
        return parts('one', 'two')
      },
    }
    const response = await open().request({ method: 'PUT', url: new URL(server.url), body, bodySize: 6 })
    discard(response.body)
    expect(server.requests.map((request) => request.body.toString())).toEqual(['onetwo', 'onetwo', 'onetwo'])
    expect(opened).toBe(3)
  })

  it('says that the other side hangs up, again and again', async () => {
    const server = await scriptedServer({ 'GET /': { status: 0 } })
    await expect(get(open(), server.url)).rejects.toMatchObject({ code: 'NETWORK', origin: server.host })
    expect(server.requests).toHaveLength(5)
  })

  it('says that an answer breaks off', async () => {
    const server = await scriptedServer({ 'GET /': { body: 'abcdef', cutAfter: 3 } })
    await expect(get(open(), server.url)).rejects.toMatchObject({ code: 'NETWORK' })
  })

  it('does not try again where nothing listens', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    await expect(get(open({ retry: { delay: 10_000 } }), `http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'NETWORK',
      hint: expect.stringContaining('Nothing listens') as unknown,
    })
  })

  it('says what speaks no HTTP', async () => {
    const server = createServer((socket) => socket.end('220 mail ready\r\n'))
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    await expect(get(open(), `http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'NETWORK',
      hint: expect.stringContaining('does not answer in HTTP') as unknown,
    })
  })

  it.each([
    ['an answer', { delay: 2000 }],
    ['the rest of an answer', { body: 'abc', headers: { 'content-length': 10 }, stall: true }],
  ])('does not wait for %s for ever', async (_, answer) => {
    const server = await scriptedServer({ 'GET /': answer })
    const transport = open({ idleTimeout: 50, retry: { attempts: 1 } })
    await expect(get(transport, server.url)).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  it('does not take a slow source of its own for a silent server', async () => {
    const server = await scriptedServer({ 'PUT /': { status: 201 } })
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3)
      await new Promise((resolve) => setTimeout(resolve, 200))
      yield new Uint8Array(3)
    }
    const response = await open({ idleTimeout: 60, retry: { attempts: 1 } }).request({
      method: 'PUT',
      url: new URL(server.url),
      body: { open: slow },
      bodySize: 6,
    })
    discard(response.body)
    expect(response.status).toBe(201)
  })

  it('does not take a slow reader of its own for a silent server', async () => {
    const size = 4 * 1024 * 1024
    const server = await scriptedServer({ 'GET /': { body: new Uint8Array(size) } })
    const response = await open({ idleTimeout: 60 }).request({ method: 'GET', url: new URL(server.url) })
    let seen = 0
    for await (const chunk of response.body) {
      if (seen === 0) await new Promise((resolve) => setTimeout(resolve, 300))
      seen += chunk.length
    }
    expect(seen).toBe(size)
  })

  it('does not wait for a connection for ever', async () => {
    // A port whose queue is full accepts nobody; a TLS handshake that nobody answers is as good.
    const server = createServer(() => undefined)
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const transport = open({ connectTimeout: 50, retry: { attempts: 1 } })
    await expect(get(transport, `https://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('no connection') as unknown,
    })
  })

  it('stops when it is told to, before, during and between tries', async () => {
    const server = await scriptedServer({ 'GET /slow': { delay: 5000 }, 'GET /busy': { status: 503 } })
    const transport = open({ retry: { delay: 60_000, maxDelay: 60_000 } })
    for (const path of ['/slow', '/busy']) {
      const url = new URL(path, server.url)
      const request = transport.request({ method: 'GET', url, signal: AbortSignal.timeout(50) })
      await expect(request).rejects.toMatchObject({ code: 'ABORTED' })
    }
    const aborted = AbortSignal.abort()
    const url = new URL(server.url)
    await expect(transport.request({ method: 'GET', url, signal: aborted })).rejects.toMatchObject({
      code: 'ABORTED',
    })
    await expect(get(open({ signal: aborted }), server.url)).rejects.toMatchObject({ code: 'ABORTED' })
    expect(server.requests).toHaveLength(2)
  })

  it('stops sending when the server has refused already', async () => {
    const server = await scriptedServer({
      'PUT /': { status: 413, body: 'too large', early: true, headers: { connection: 'close' } },
    })
    let sent = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; sent < 10_000; sent++) {
        yield new Uint8Array(64 * 1024)
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const response = await open().request({
      method: 'PUT',
      url: new URL(server.url),
      body: { open: endless },
      bodySize: 10_000 * 64 * 1024,
      retry: false,
    })
    expect(response.status).toBe(413)
    expect(Buffer.from(await readAll(response.body, 100)).toString()).toBe('too large')
    expect(sent).toBeLessThan(10_000)
  })

  it.each([
    ['more', ['abc', 'def']],
    ['fewer', ['a']],
  ])('refuses a body of %s bytes than it was said to have', async (_, texts) => {
    const server = await scriptedServer({ 'PUT /': { status: 201 } })
    const body: Content = { open: () => parts(...texts) }
    const request = open().request({ method: 'PUT', url: new URL(server.url), body, bodySize: 3 })
    await expect(request).rejects.toMatchObject({ code: 'SIZE_MISMATCH' })
  })

  it('passes on what is wrong with a source', async () => {
    const server = await scriptedServer({ 'PUT /': { status: 201 } })
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1)
      throw Object.assign(new Error('disk on fire'), { code: 'EIO' })
    }
    const request = open().request({
      method: 'PUT',
      url: new URL(server.url),
      body: { open: broken },
      bodySize: 3,
    })
    await expect(request).rejects.toThrow(/disk on fire/)
  })
})
