import { describe, expect, it } from 'vitest'
import { openRepository } from '../../test/open-repository.ts'
import type { Answer, Arrived, Reply } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import { digestOf, readAll } from '../index.ts'
import { limits } from '../limits.ts'

const bytes = new TextEncoder().encode('0123456789'.repeat(30_000))
const blob = { mediaType: 'application/x', digest: digestOf(bytes), size: bytes.length }
const path = `/v2/a/b/blobs/${blob.digest}`

/** Answers ranges, each connection cut after so many bytes. */
function cutting(bytesEach: number): Reply {
  return ({ headers }: Arrived): Answer => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? 'bytes=0-')?.[1])
    const body = bytes.subarray(start)
    const cut = body.length > bytesEach ? { cutAfter: bytesEach } : {}
    if (start === 0) return { body, ...cut }
    return { status: 206, headers: { 'content-range': `bytes ${start}-299999/300000` }, body, ...cut }
  }
}

describe('a blob', () => {
  it('comes in one request', async () => {
    const server = await scriptedServer({ [`GET ${path}`]: { body: bytes } })
    expect(
      Buffer.from(await readAll(await openRepository(server.host).fetch(blob), 300_000)).equals(bytes),
    ).toBe(true)
    expect(server.log()).toEqual([`GET ${path}`])
  })

  it('is there or not', async () => {
    const there = await scriptedServer({ [`HEAD ${path}`]: {} })
    const absent = await scriptedServer({})
    expect(await openRepository(there.host).exists(blob)).toBe(true)
    expect(await openRepository(absent.host).exists(blob)).toBe(false)
    await expect(openRepository(absent.host).fetch(blob)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('goes on where a connection was cut, and is verified as a whole', async () => {
    const server = await scriptedServer({ [`GET ${path}`]: cutting(90_000) })
    expect(
      Buffer.from(await readAll(await openRepository(server.host).fetch(blob), 300_000)).equals(bytes),
    ).toBe(true)
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([
      undefined,
      'bytes=90000-',
      'bytes=180000-',
      'bytes=270000-',
    ])
  })

  it('goes on from a registry that knows no ranges', async () => {
    const server = await scriptedServer({
      [`GET ${path}`]: [{ body: bytes, cutAfter: 42_000 }, { body: bytes }],
    })
    expect(
      Buffer.from(await readAll(await openRepository(server.host).fetch(blob), 300_000)).equals(bytes),
    ).toBe(true)
    expect(server.requests[1]?.headers.range).toBe('bytes=42000-')
  })

  it('is given up where nothing comes any more', async () => {
    const server = await scriptedServer({ [`GET ${path}`]: { body: bytes, cutAfter: 0 } })
    const stream = await openRepository(server.host).fetch(blob)
    await expect(readAll(stream, 300_000)).rejects.toMatchObject({ code: 'NETWORK' })
  })

  it('is given up after too many cuts', async () => {
    const server = await scriptedServer({ [`GET ${path}`]: cutting(1000) })
    const stream = await openRepository(server.host).fetch(blob)
    await expect(readAll(stream, 300_000)).rejects.toMatchObject({ code: 'NETWORK' })
    expect(server.requests).toHaveLength(limits.downloadResumes + 1)
  })

  it('comes from the middle on, whether the registry knows ranges or not', async () => {
    for (const script of [{ [`GET ${path}`]: cutting(300_000) }, { [`GET ${path}`]: { body: bytes } }]) {
      const server = await scriptedServer(script)
      const stream = await openRepository(server.host).fetch(blob, { offset: 299_995 })
      expect(Buffer.from(await readAll(stream, 300_000)).toString()).toBe('56789')
    }
  })

  it('is not taken from another range than was asked for', async () => {
    const server = await scriptedServer({
      [`GET ${path}`]: {
        status: 206,
        headers: { 'content-range': 'bytes 299990-299999/300000' },
        body: bytes.subarray(299_990),
      },
    })
    await expect(openRepository(server.host).fetch(blob, { offset: 299_990 })).resolves.toBeDefined()
    await expect(openRepository(server.host).fetch(blob, { offset: 299_980 })).rejects.toMatchObject({
      code: 'SIZE_MISMATCH',
    })
    const lying = await scriptedServer({
      [`GET ${path}`]: {
        status: 206,
        headers: { 'content-range': 'bytes 0-9/300000' },
        body: bytes.subarray(0, 10),
      },
    })
    await expect(openRepository(lying.host).fetch(blob, { offset: 299_990 })).rejects.toMatchObject({
      code: 'SERVER_ERROR',
    })
  })

  it.each([
    ['other bytes', { body: Buffer.alloc(300_000, 'x') }, 'DIGEST_MISMATCH'],
    ['a shorter length', { body: bytes.subarray(0, 299_999) }, 'SIZE_MISMATCH'],
    ['a longer length', { body: Buffer.concat([bytes, bytes]) }, 'SIZE_MISMATCH'],
    [
      'more without a length',
      {
        body: Buffer.concat([bytes, bytes]),
        headers: { 'transfer-encoding': 'chunked', 'content-length': [] as never },
      },
      'SIZE_MISMATCH',
    ],
    [
      'fewer bytes than it said',
      { body: bytes.subarray(0, 50), headers: { 'content-length': 300_000 }, cutAfter: 50 },
      'NETWORK',
    ],
  ])('with %s is refused', async (_, answer, code) => {
    const server = await scriptedServer({ [`GET ${path}`]: [answer, { status: 0 }] })
    const read = async (): Promise<unknown> =>
      readAll(await openRepository(server.host).fetch(blob), 1_000_000)
    await expect(read()).rejects.toMatchObject({ code })
  })

  it('that is small comes in one piece, and again from its beginning after a cut', async () => {
    const small = { ...blob, digest: digestOf(bytes.subarray(0, 100)), size: 100 }
    const url = `GET /v2/a/b/blobs/${small.digest}`
    const body = bytes.subarray(0, 100)
    const server = await scriptedServer({ [url]: [{ body, cutAfter: 50 }, { body }] })
    expect(await readAll(await openRepository(server.host).fetch(small), 100)).toEqual(body)
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined])
    const cut = await scriptedServer({ [url]: { body, cutAfter: 50 } })
    await expect(openRepository(cut.host).fetch(small)).rejects.toMatchObject({ code: 'NETWORK' })
    expect(cut.requests).toHaveLength(limits.smallAttempts)
    for (const [wrong, code] of [
      [bytes.subarray(0, 101), 'SIZE_MISMATCH'],
      [bytes.subarray(1, 101), 'DIGEST_MISMATCH'],
    ] as const) {
      const lying = await scriptedServer({
        [url]: { body: wrong, headers: { 'content-length': [] as never, 'transfer-encoding': 'chunked' } },
      })
      await expect(openRepository(lying.host).fetch(small)).rejects.toMatchObject({ code })
    }
  })

  it('stops coming when it is told to', async () => {
    const server = await scriptedServer({
      [`GET ${path}`]: { body: bytes.subarray(0, 5), headers: { 'content-length': 300_000 }, stall: true },
    })
    const stop = new AbortController()
    const stream = await openRepository(server.host).fetch(blob, { signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    await expect(readAll(stream, 300_000)).rejects.toMatchObject({ code: 'ABORTED' })
  })
})
