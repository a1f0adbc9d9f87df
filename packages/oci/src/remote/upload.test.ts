import { describe, expect, it } from 'vitest'
import { openRepository } from '../../test/open-repository.ts'
import type { Script } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { Content } from '../index.ts'
import { contentOf, digestOf } from '../index.ts'
import { limits } from '../limits.ts'

const bytes = Buffer.from('0123456789')
const blob = { mediaType: 'application/x', digest: digestOf(bytes), size: bytes.length }
const digest = encodeURIComponent(blob.digest)
const started = { status: 202, headers: { location: '/up/1?state=a%2Fb' } }
const opened = `POST /v2/a/b/blobs/uploads/?${new URLSearchParams({ mount: blob.digest }).toString()}`
const done = `PUT /up/1?state=a%2Fb&digest=${digest}`

/** As a file or another registry gives it: not in memory, and countable. */
function streamed(opened: number[] = []): Content {
  return {
    async *open(offset = 0) {
      opened.push(offset)
      for (let at = offset; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3)
    },
  }
}

async function start(script: Script): ReturnType<typeof scriptedServer> {
  return scriptedServer({ 'POST /v2/a/b/blobs/uploads/': started, ...script })
}

describe('an upload', () => {
  it.each([
    ['memory', contentOf(bytes)],
    ['a stream', streamed()],
  ])('from %s is a POST and a PUT of everything', async (_, content) => {
    const server = await start({ [done]: { status: 201 } })
    const seen: number[] = []
    await openRepository(server.host).push(blob, content, { onProgress: (sent) => seen.push(sent) })
    expect(server.log()).toEqual([opened, done])
    expect(server.requests[0]?.headers['content-length']).toBe('0')
    expect(server.requests[1]).toMatchObject({
      headers: { 'content-length': '10', 'content-type': 'application/octet-stream' },
      body: bytes,
    })
    expect(seen.at(-1)).toBe(10)
  })

  it('of nothing is one too', async () => {
    const empty = { mediaType: 'application/x', digest: digestOf(new Uint8Array()), size: 0 }
    const server = await start({ 'PUT /up/1': { status: 201 } })
    await openRepository(server.host).push(empty, contentOf(new Uint8Array()))
    expect(server.requests[1]?.headers['content-length']).toBe('0')
  })

  it('is spared where the blob is mounted', async () => {
    const server = await scriptedServer({
      [`POST /v2/a/b/blobs/uploads/?mount=${digest}&from=c%2Fd`]: { status: 201 },
    })
    await openRepository(server.host).push(blob, streamed(), { mountFrom: 'c/d' })
    expect(await openRepository(server.host).mount(blob, 'c/d')).toBe(true)
    expect(server.requests).toHaveLength(2)
  })

  it('follows a mount that did not work', async () => {
    const server = await scriptedServer({
      [`POST /v2/a/b/blobs/uploads/?mount=${digest}&from=c%2Fd`]: started,
      [done]: { status: 201 },
      'DELETE /up/1': { status: 204 },
    })
    await openRepository(server.host).push(blob, streamed(), { mountFrom: 'c/d' })
    expect(server.requests).toHaveLength(2)
    expect(await openRepository(server.host).mount(blob, 'c/d')).toBe(false)
    expect(server.log().at(-1)).toBe('DELETE /up/1?state=a%2Fb')
  })

  it.each([401, 403, 404])(
    'sends the bytes where the other repository may not be read (%s)',
    async (status) => {
      const server = await start({
        [`POST /v2/a/b/blobs/uploads/?mount=${digest}&from=c%2Fd`]: { status },
        [done]: { status: 201 },
      })
      await openRepository(server.host).push(blob, streamed(), { mountFrom: 'c/d' })
      expect(server.log().slice(-2)).toEqual([opened, done])
    },
  )

  it('goes in parts where that is asked for, none smaller than the registry takes', async () => {
    const server = await start({
      'POST /v2/a/b/blobs/uploads/': {
        ...started,
        headers: { ...started.headers, 'oci-chunk-min-length': 4 },
      },
      'PATCH /up/1?state=a%2Fb': { status: 202, headers: { location: '/up/2', range: '0-3' } },
      'PATCH /up/2': { status: 202, headers: { location: '/up/3' } },
      'PATCH /up/3': { status: 202, headers: { location: '/up/4' } },
      'PUT /up/4': { status: 201 },
    })
    const seen: number[] = []
    const options = { chunkSize: 4, onProgress: (sent: number) => seen.push(sent) }
    await openRepository(server.host).push(blob, streamed(), options)
    const patches = server.requests.filter(({ method }) => method === 'PATCH')
    expect(patches.map(({ headers, body }) => [headers['content-range'], body.toString()])).toEqual([
      ['0-3', '0123'],
      ['4-7', '4567'],
      ['8-9', '89'],
    ])
    expect(server.requests.at(-1)).toMatchObject({
      path: `/up/4?digest=${digest}`,
      headers: { 'content-length': '0' },
    })
    expect(seen.at(-1)).toBe(10)
  })

  it('goes on where a cut connection left it', async () => {
    const opened: number[] = []
    const server = await start({
      [done]: [{ status: 0 }],
      'GET /up/1?state=a%2Fb': { status: 204, headers: { location: '/up/2', range: '0-5' } },
      'PATCH /up/2': { status: 202, headers: { location: '/up/3' } },
      'PUT /up/3': { status: 201 },
    })
    await openRepository(server.host).push(blob, streamed(opened))
    expect(server.requests.find(({ method }) => method === 'PATCH')).toMatchObject({
      headers: { 'content-range': '6-9', 'content-length': '4' },
      body: Buffer.from('6789'),
    })
    expect(opened).toEqual([0, 6])
  })

  it('is over when only its answer was lost', async () => {
    const server = await start({ [done]: { status: 0 }, [`HEAD /v2/a/b/blobs/${blob.digest}`]: {} })
    await openRepository(server.host).push(blob, streamed())
    expect(server.log()).toEqual([opened, done, `HEAD /v2/a/b/blobs/${blob.digest}`])
  })

  it.each([500, 503, 404, 416])('begins anew after %i where the registry lost it', async (status) => {
    const server = await start({ [done]: [{ status }, { status: 201 }] })
    await openRepository(server.host).push(blob, streamed())
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  it('is given up after too many attempts', async () => {
    const server = await start({ [done]: { status: 500 } })
    await expect(openRepository(server.host).push(blob, streamed())).rejects.toMatchObject({
      code: 'SERVER_ERROR',
    })
    expect(server.requests.filter(({ method }) => method === 'PUT')).toHaveLength(limits.uploadAttempts)
  })

  it.each([
    [400, 'SERVER_ERROR'],
    [403, 'FORBIDDEN'],
    [413, 'LIMIT_EXCEEDED'],
  ])('is not tried again after %i', async (status, code) => {
    const answer = { status, body: status === 400 ? '{"errors":[{"code":"DIGEST_INVALID"}]}' : '' }
    const server = await start({ [done]: answer })
    await expect(openRepository(server.host).push(blob, streamed())).rejects.toMatchObject({
      code: status === 400 ? 'DIGEST_MISMATCH' : code,
    })
    expect(server.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  it('goes in parts where the whole is too large for the registry', async () => {
    const large = new Uint8Array(17 * 1024 * 1024)
    const descriptor = { mediaType: 'application/x', digest: digestOf(large), size: large.length }
    const server = await start({
      'PUT /up/1': { status: 413 },
      'PATCH /up/1': { status: 202, headers: { location: '/up/2' } },
      'PATCH /up/2': { status: 202, headers: { location: '/up/3' } },
      'PUT /up/3': { status: 201 },
    })
    await openRepository(server.host).push(descriptor, contentOf(large))
    const patches = server.requests.filter(({ method }) => method === 'PATCH')
    expect(patches.map(({ headers }) => headers['content-range'])).toEqual([
      '0-16777215',
      '16777216-17825791',
    ])
  })

  it('stops when it is told to', async () => {
    const server = await start({ [done]: { delay: 5000 } })
    const push = openRepository(server.host).push(blob, streamed(), { signal: AbortSignal.timeout(30) })
    await expect(push).rejects.toMatchObject({ code: 'ABORTED' })
  })

  it('fails as its source does', async () => {
    const server = await start({ [done]: { status: 201 } })
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 3)
      throw Object.assign(new Error('unreadable'), { code: 'EIO' })
    }
    await expect(openRepository(server.host).push(blob, { open: broken })).rejects.toThrow(/unreadable/)
  })
})

describe('the address of an upload', () => {
  // CVE-2026-50151 (oras-go) and CVE-2026-49349 (regclient): credentials follow a Location, or go to a blob store.
  it('at another host is used without the credential', async () => {
    const storage = await scriptedServer({ 'PUT /object': { status: 201 } })
    const server = await scriptedServer({
      'POST /v2/a/b/blobs/uploads/': { status: 202, headers: { location: `${storage.url}/object?sig=1` } },
    })
    await openRepository(server.host).push(blob, contentOf(bytes))
    expect(storage.requests[0]?.path).toBe(`/object?sig=1&digest=${digest}`)
    expect(storage.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('keeps to the registry by a relative or an absolute Location', async () => {
    const server = await scriptedServer(({ host }) => ({
      'POST /v2/a/b/blobs/uploads/': [
        { status: 202, headers: { location: `http://${host}/up` } },
        { status: 202, headers: { location: '../../x' } },
      ],
      'PUT /up': { status: 201 },
      'PUT /v2/a/b/x': { status: 201 },
    }))
    const repository = openRepository(server.host)
    await repository.push(blob, contentOf(bytes))
    await repository.push(blob, contentOf(bytes))
    expect(server.requests).toHaveLength(4)
  })

  it.each(['ftp://h/x', 'http://', undefined])('that is %s is refused', async (location) => {
    const headers = location === undefined ? {} : { location }
    const server = await scriptedServer({ 'POST /v2/a/b/blobs/uploads/': { status: 202, headers } })
    await expect(openRepository(server.host).push(blob, contentOf(bytes))).rejects.toMatchObject({
      code: location === 'ftp://h/x' ? 'CREDENTIAL_LEAK_REFUSED' : 'SERVER_ERROR',
    })
    expect(server.requests).toHaveLength(1)
  })
})
