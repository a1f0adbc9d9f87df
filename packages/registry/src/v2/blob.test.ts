import { pushBlob, send, sha256, startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'

const content = Buffer.from(Array.from({ length: 2000 }, (_, at) => at % 251))

describe('a blob', () => {
  it('is pulled whole, and HEAD tells its size without a body', async () => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a/b', content)
    for (const path of [`/v2/a/b/blobs/${digest}`, `/v2/a/b/blobs/${encodeURIComponent(digest)}`]) {
      const got = await send(url, `GET ${path}`)
      expect(got).toMatchObject({
        status: 200,
        headers: { 'content-length': '2000', 'docker-content-digest': digest },
      })
      expect(got.body.equals(content)).toBe(true)
      const head = await send(url, `HEAD ${path}`)
      expect(head).toMatchObject({ status: 200, headers: { 'content-length': '2000' } })
      expect(head.body).toHaveLength(0)
    }
  })

  it('of no bytes is a blob too', async () => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a', '')
    expect(await send(url, `GET /v2/a/blobs/${digest}`)).toMatchObject({
      status: 200,
      headers: { 'content-length': '0' },
    })
    expect(await send(url, `GET /v2/a/blobs/${digest}`, { headers: { range: 'bytes=0-' } })).toMatchObject({
      status: 416,
    })
  })

  it.each([
    ['bytes=500-1499', 206, 500, 1499],
    ['bytes=500-', 206, 500, 1999],
    ['bytes=-500', 206, 1500, 1999],
    ['bytes=-5000', 206, 0, 1999],
    ['bytes=1900-5000', 206, 1900, 1999],
    ['bytes=0-0', 206, 0, 0],
  ])('is pulled in part: %s', async (range, status, start, end) => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a', content)
    for (const method of ['GET', 'HEAD']) {
      const got = await send(url, `${method} /v2/a/blobs/${digest}`, { headers: { range } })
      expect(got).toMatchObject({
        status,
        headers: { 'content-range': `bytes ${start}-${end}/2000`, 'content-length': String(end - start + 1) },
      })
      if (method === 'GET') expect(got.body.equals(content.subarray(start, end + 1))).toBe(true)
    }
  })

  it.each(['bytes=500-0', 'bytes=2000-', 'bytes=3000-4000', 'bytes=-0'])(
    'has no part %s: 416',
    async (range) => {
      const { url } = await startRegistry()
      const digest = await pushBlob(url, 'a', content)
      const got = await send(url, `GET /v2/a/blobs/${digest}`, { headers: { range } })
      expect(got).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */2000' } })
    },
  )

  it.each(['lines=1-2', 'bytes=0-1,5-6', 'bytes=a-b', 'bytes=-'])('comes whole for %s', async (range) => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a', content)
    expect((await send(url, `GET /v2/a/blobs/${digest}`, { headers: { range } })).status).toBe(200)
  })

  it('that is large streams, whole and in part', async () => {
    const { url } = await startRegistry()
    const large = Buffer.alloc(3_000_000, 'chart')
    const digest = await pushBlob(url, 'a', large)
    expect((await send(url, `GET /v2/a/blobs/${digest}`)).body.equals(large)).toBe(true)
    const part = await send(url, `GET /v2/a/blobs/${digest}`, { headers: { range: 'bytes=1000000-' } })
    expect(part.body.equals(large.subarray(1_000_000))).toBe(true)
  })

  it.each([
    ['GET', sha256('absent'), 404, 'BLOB_UNKNOWN'],
    ['DELETE', sha256('absent'), 404, 'BLOB_UNKNOWN'],
    ['GET', 'sha256:bad', 400, 'DIGEST_INVALID'],
    ['GET', 'sha256:..%2f..%2fformat.json', 404, 'NAME_UNKNOWN'],
    ['PUT', sha256('absent'), 405, 'UNSUPPORTED'],
  ])('%s %s: %s %s', async (method, digest, status, code) => {
    const { url } = await startRegistry()
    const got = await send(url, `${method} /v2/a/blobs/${digest}`)
    expect(got.status).toBe(status)
    expect(got.json()).toMatchObject({ errors: [{ code }] })
  })

  it('is not given out by a repository that does not hold it', async () => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'private', 'secret')
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      expect((await send(url, `${method} /v2/public/blobs/${digest}`)).status).toBe(404)
    }
  })

  it('is gone at once when it is deleted, also from memory', async () => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a', 'content')
    await send(url, `GET /v2/a/blobs/${digest}`)
    expect((await send(url, `DELETE /v2/a/blobs/${digest}`)).status).toBe(202)
    expect((await send(url, `GET /v2/a/blobs/${digest}`)).status).toBe(404)
    expect((await send(url, `HEAD /v2/a/blobs/${digest}`)).status).toBe(404)
  })
})
