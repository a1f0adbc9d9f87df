import { request } from 'node:http'
import { connect } from 'node:net'
import { pushBlob, send, sha256, sha512, startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'

describe('an upload', () => {
  it.each([
    ['sha256', sha256('content')],
    ['sha512', sha512('content')],
  ])('of one POST makes a blob, by %s', async (_, digest) => {
    const { url } = await startRegistry()
    const sent = await send(url, `POST /v2/a/blobs/uploads/?digest=${digest}`, { body: 'content' })
    expect(sent).toMatchObject({
      status: 201,
      headers: { location: `/v2/a/blobs/${digest}`, 'docker-content-digest': digest },
    })
    expect(String((await send(url, `GET /v2/a/blobs/${digest}`)).body)).toBe('content')
  })

  it.each([
    ['sha256', sha256('content')],
    ['sha512', sha512('content')],
  ])('of POST and PUT makes a blob, by %s', async (algorithm, digest) => {
    const { url } = await startRegistry()
    for (const path of [
      '/v2/a/blobs/uploads/',
      '/v2/a/blobs/uploads',
      `/v2/a/blobs/uploads/?digest-algorithm=${algorithm}`,
    ]) {
      const location = await begin(url, path)
      const put = await send(url, `PUT ${location}?digest=${encodeURIComponent(digest)}`, { body: 'content' })
      expect(put).toMatchObject({ status: 201, headers: { location: `/v2/a/blobs/${digest}` } })
    }
  })

  it('in chunks knows how far it is, and takes the last one with PUT or before', async () => {
    const { url } = await startRegistry()
    for (const withPut of [true, false]) {
      const location = await begin(url)
      const first = await chunk(url, `PATCH ${location}`, 'abc', '0-2')
      expect(first).toMatchObject({ status: 202, headers: { location, range: '0-2' } })
      expect(await send(url, `GET ${location}`)).toMatchObject({
        status: 204,
        headers: { location, range: '0-2' },
      })
      const end = `PUT ${location}?digest=${sha256('abcdef')}`
      if (withPut) {
        expect((await chunk(url, end, 'def', '3-5')).status).toBe(201)
      } else {
        expect((await chunk(url, `PATCH ${location}`, 'def', '3-5')).headers['range']).toBe('0-5')
        expect((await send(url, end)).status).toBe(201)
      }
    }
  })

  it.each([
    ['that begins late', '1-3'],
    ['that comes twice', '0-2'],
    ['that leaves a gap', '4-6'],
  ])('refuses a chunk %s with 416, and can go on', async (_, range) => {
    const { url } = await startRegistry()
    const location = await begin(url)
    if (range !== '1-3') await chunk(url, `PATCH ${location}`, 'abc', '0-2')
    const wrong = await chunk(url, `PATCH ${location}`, 'xyz', range)
    expect(wrong.status).toBe(416)
    const status = await send(url, `GET ${location}`)
    expect(status.status).toBe(204)
    const put = await chunk(url, `PUT ${location}?digest=${sha256('abcdef')}`, 'def', '9-11')
    expect(put.status).toBe(416)
    if (range === '1-3') await chunk(url, `PATCH ${location}`, 'abc', '0-2')
    expect((await chunk(url, `PUT ${location}?digest=${sha256('abcdef')}`, 'def', '3-5')).status).toBe(201)
  })

  it.each([
    ['a bad range', 'zero-two', 'BLOB_UPLOAD_INVALID'],
    ['a range of another length', '0-9', 'SIZE_INVALID'],
  ])('refuses %s', async (_, range, code) => {
    const { url } = await startRegistry()
    const sent = await chunk(url, `PATCH ${await begin(url)}`, 'abc', range)
    expect(sent.status).toBe(400)
    expect(sent.json()).toMatchObject({ errors: [{ code }] })
  })

  it('streams without a length or a range', async () => {
    const { url } = await startRegistry()
    const location = await begin(url)
    const status = await stream(`${url}${location}`, ['abc', 'def'])
    expect(status).toBe(202)
    expect((await send(url, `PUT ${location}?digest=${sha256('abcdef')}`)).status).toBe(201)
  })

  it("goes on where a broken connection left it, and that is nobody's fault", async () => {
    const errors: unknown[] = []
    const { host, url } = await startRegistry({ onError: (error) => errors.push(error) })
    const location = await begin(url)
    const [address = '', port = ''] = host.split(':')
    const socket = connect(Number(port), address)
    socket.write(`PATCH ${location} HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await expect.poll(async () => (await send(url, `GET ${location}`)).headers['range']).toBe('0-2')
    await expect
      .poll(async () => (await chunk(url, `PUT ${location}?digest=${sha256('abcdef')}`, 'def', '3-5')).status)
      .toBe(201)
    expect(errors).toEqual([])
  })

  it('with a digest that is wrong, bad or absent is 400 and leaves no blob', async () => {
    const { url } = await startRegistry()
    for (const digest of [sha256('other'), sha512('other'), 'sha256:bad', 'md5:x', '']) {
      const posted = await send(url, `POST /v2/a/blobs/uploads/?digest=${digest}`, { body: 'content' })
      const put = await send(url, `PUT ${await begin(url)}?digest=${digest}`, { body: 'content' })
      for (const sent of [posted, put]) {
        expect(sent.status).toBe(400)
        expect(sent.json()).toMatchObject({ errors: [{ code: 'DIGEST_INVALID' }] })
      }
    }
    expect((await send(url, `HEAD /v2/a/blobs/${sha256('content')}`)).status).toBe(404)
    expect((await send(url, 'POST /v2/a/blobs/uploads/?digest-algorithm=md5')).status).toBe(400)
  })

  it('can be cancelled, and is unknown then', async () => {
    const { url } = await startRegistry()
    const location = await begin(url)
    expect((await send(url, `DELETE ${location}`)).status).toBe(204)
    for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
      const sent = await send(url, `${method} ${location}?digest=${sha256('')}`)
      expect(sent.status).toBe(404)
      expect(sent.json()).toMatchObject({ errors: [{ code: 'BLOB_UPLOAD_UNKNOWN' }] })
    }
  })

  it('is not known to another repository', async () => {
    const { url } = await startRegistry()
    const location = (await begin(url)).replace('/v2/a/', '/v2/b/')
    expect((await send(url, `PUT ${location}?digest=${sha256('x')}`, { body: 'x' })).status).toBe(404)
  })

  it('larger than the store takes is 413', async () => {
    const { url } = await startRegistry({ storeOptions: { limits: { blobBytes: 5 } } })
    const sent = await send(url, `PUT ${await begin(url)}?digest=${sha256('content')}`, { body: 'content' })
    expect(sent.status).toBe(413)
  })

  it('beyond the number at a time is 429', async () => {
    const { url } = await startRegistry({ storeOptions: { limits: { uploads: 1 } } })
    await begin(url)
    const sent = await send(url, 'POST /v2/a/blobs/uploads/')
    expect(sent.status).toBe(429)
    expect(sent.json()).toMatchObject({ errors: [{ code: 'TOOMANYREQUESTS' }] })
  })
})

describe('a mount', () => {
  it('from a repository that holds the blob makes it at once', async () => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a', 'content')
    const sent = await send(url, `POST /v2/b/c/blobs/uploads/?mount=${digest}&from=a`)
    expect(sent).toMatchObject({ status: 201, headers: { location: `/v2/b/c/blobs/${digest}` } })
    expect((await send(url, `HEAD /v2/b/c/blobs/${digest}`)).status).toBe(200)
  })

  it('without a source takes any repository that holds the blob', async () => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a', 'content')
    expect((await send(url, `POST /v2/b/blobs/uploads/?mount=${digest}`)).status).toBe(201)
  })

  it('of a blob that nobody holds begins an upload, also where its bytes are still on the disk', async () => {
    const { url } = await startRegistry()
    const digest = await pushBlob(url, 'a', 'content')
    await send(url, `DELETE /v2/a/blobs/${digest}`)
    for (const query of [`mount=${digest}`, `mount=${digest}&from=a`, `mount=${digest}&from=A..`]) {
      const sent = await send(url, `POST /v2/b/blobs/uploads/?${query}`)
      expect(sent.status).toBe(202)
      const put = await send(url, `PUT ${String(sent.headers['location'])}?digest=${digest}`, {
        body: 'content',
      })
      expect(put.status).toBe(201)
      await send(url, `DELETE /v2/b/blobs/${digest}`)
    }
    expect((await send(url, 'POST /v2/b/blobs/uploads/?mount=sha256:bad')).status).toBe(400)
  })
})

async function begin(url: string, path = '/v2/a/blobs/uploads/'): Promise<string> {
  const { status, headers } = await send(url, `POST ${path}`)
  expect(status).toBe(202)
  return String(headers['location'])
}

function chunk(url: string, line: string, body: string, range: string): ReturnType<typeof send> {
  return send(url, line, {
    body,
    headers: { 'content-range': range, 'content-type': 'application/octet-stream' },
  })
}

function stream(url: string, parts: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'PATCH', agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    for (const part of parts) sent.write(part)
    sent.end()
  })
}
