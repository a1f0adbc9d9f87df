import { pushBlob, pushChart, send, sha256, sha512, startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'

const image = 'application/vnd.oci.image.manifest.v1+json'
const index = 'application/vnd.oci.image.index.v1+json'

describe('a manifest', () => {
  it('comes back byte by byte with its type, by tag and by digest', async () => {
    const { url } = await startRegistry()
    const config = await pushConfig(url)
    // Spaces and unknown fields must survive.
    const body = ` ${JSON.stringify({ schemaVersion: 2, config, layers: [], 'x.unknown': { a: [1] } }, null, 3)}\n`
    const digest = sha256(body)
    const put = await push(url, 'v1', body)
    expect(put).toMatchObject({
      status: 201,
      headers: { location: `/v2/a/manifests/${digest}`, 'docker-content-digest': digest },
    })
    for (const reference of ['v1', digest]) {
      const got = await send(url, `GET /v2/a/manifests/${reference}`)
      expect(got).toMatchObject({
        status: 200,
        headers: { 'content-type': image, 'docker-content-digest': digest },
      })
      expect(String(got.body)).toBe(body)
      const head = await send(url, `HEAD /v2/a/manifests/${reference}`)
      expect(head).toMatchObject({
        status: 200,
        headers: { 'content-type': image, 'content-length': String(body.length) },
      })
      expect(head.body).toHaveLength(0)
    }
  })

  it('that is known by its ETag is not sent again', async () => {
    const { url } = await startRegistry()
    const { manifest } = await pushChart(url, { name: 'a', version: '1.0.0', archive: 'x' })
    const headers = { 'if-none-match': `"${manifest}"` }
    expect(await send(url, 'GET /v2/a/manifests/1.0.0', { headers })).toMatchObject({ status: 304 })
  })

  it('is pushed by digest, of either algorithm, with tags in the query', async () => {
    const { url } = await startRegistry()
    const body = manifestOf(await pushConfig(url))
    for (const digest of [sha256(body), sha512(body)]) {
      const put = await push(url, `${digest}?tag=one&tag=two`, body)
      expect(put).toMatchObject({ status: 201, headers: { 'oci-tag': 'one, two' } })
      expect((await send(url, `HEAD /v2/a/manifests/${digest}`)).status).toBe(200)
      expect((await send(url, 'HEAD /v2/a/manifests/two')).headers['docker-content-digest']).toBe(digest)
    }
  })

  it('of an index holds manifests, also nested and none', async () => {
    const { url } = await startRegistry()
    const body = manifestOf(await pushConfig(url))
    await push(url, sha256(body), body)
    const child = { mediaType: image, digest: sha256(body), size: body.length }
    const inner = JSON.stringify({ schemaVersion: 2, mediaType: index, manifests: [child] })
    expect((await push(url, sha256(inner), inner, index)).status).toBe(201)
    const nested = { mediaType: index, digest: sha256(inner), size: inner.length }
    for (const manifests of [[nested], []]) {
      const outer = JSON.stringify({ schemaVersion: 2, mediaType: index, manifests })
      expect((await push(url, 'all', outer, index)).status).toBe(201)
      expect((await send(url, 'GET /v2/a/manifests/all')).headers['content-type']).toBe(index)
    }
  })

  it('may have almost 4 MiB, and is 413 above', async () => {
    const { url } = await startRegistry()
    const config = await pushConfig(url)
    const large = (bytes: number): string =>
      JSON.stringify({ schemaVersion: 2, config, layers: [], annotations: { a: 'x'.repeat(bytes) } })
    expect((await push(url, 'large', large(4 * 1024 * 1024 - 1024))).status).toBe(201)
    const tooLarge = await push(url, 'too-large', large(4 * 1024 * 1024))
    expect(tooLarge.status).toBe(413)
    const unsaid = await push(url, 'too-large', large(4 * 1024 * 1024), image, {
      'transfer-encoding': 'chunked',
    })
    expect(unsaid.status).toBe(413)
  })

  it('takes parameters after its type for nothing', async () => {
    const { url } = await startRegistry()
    const body = manifestOf(await pushConfig(url))
    expect((await push(url, 'v1', body, `${image}; charset=utf-8`)).status).toBe(201)
    expect((await send(url, 'HEAD /v2/a/manifests/v1')).headers['content-type']).toBe(image)
  })

  it('needs its blobs and manifests in the same repository', async () => {
    const { url } = await startRegistry()
    const config = await pushConfig(url)
    const missing = { mediaType: 'application/x', digest: sha256('missing'), size: 7 }
    const bodies = [
      [image, { schemaVersion: 2, config: missing, layers: [] }],
      [image, { schemaVersion: 2, config, layers: [missing] }],
      [index, { schemaVersion: 2, manifests: [missing] }],
    ] as const
    for (const [type, body] of bodies) {
      const put = await push(url, 'v1', JSON.stringify(body), type)
      expect(put.status).toBe(400)
      expect(put.json()).toMatchObject({ errors: [{ code: 'MANIFEST_BLOB_UNKNOWN' }] })
    }
    const elsewhere = await send(url, 'PUT /v2/b/manifests/v1', {
      body: manifestOf(config),
      headers: typed(image),
    })
    expect(elsewhere.status).toBe(400)
  })

  it('needs no layer that may not be distributed', async () => {
    const { url } = await startRegistry()
    const config = await pushConfig(url)
    const mediaType = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip'
    const layer = { mediaType, digest: sha256('missing'), size: 7, urls: ['https://example.com/x'] }
    const put = await push(url, 'v1', JSON.stringify({ schemaVersion: 2, config, layers: [layer] }))
    expect(put.status).toBe(201)
  })

  it.each([
    ['v1', 'not JSON', 400, 'MANIFEST_INVALID'],
    [sha256('other'), '{}', 400, 'DIGEST_INVALID'],
    ['sha256:baddigeststring', '{}', 400, 'DIGEST_INVALID'],
    ['.tag', '{}', 400, 'MANIFEST_INVALID'],
    ['x'.repeat(129), '{}', 400, 'MANIFEST_INVALID'],
    [`${sha256('{}')}?tag=${'a&tag='.repeat(100)}`, '{}', 414, 'MANIFEST_INVALID'],
  ])('PUT %s %s: %s %s', async (reference, body, status, code) => {
    const { url } = await startRegistry()
    const put = await push(url, reference, body)
    expect(put.status).toBe(status)
    expect(put.json()).toMatchObject({ errors: [{ code }] })
  })

  it.each([
    ['GET', 'absent', 404, 'MANIFEST_UNKNOWN'],
    ['DELETE', 'absent', 404, 'MANIFEST_UNKNOWN'],
    ['DELETE', sha256('absent'), 404, 'MANIFEST_UNKNOWN'],
    ['GET', sha256('absent'), 404, 'MANIFEST_UNKNOWN'],
    ['GET', 'sha256:baddigeststring', 400, 'DIGEST_INVALID'],
    ['PATCH', 'absent', 405, 'UNSUPPORTED'],
  ])('%s %s: %s %s', async (method, reference, status, code) => {
    const { url } = await startRegistry()
    const got = await send(url, `${method} /v2/a/manifests/${reference}`)
    expect(got.status).toBe(status)
    expect(got.json()).toMatchObject({ errors: [{ code }] })
  })

  it('is gone at once when its digest is deleted, with its tags; a tag goes alone', async () => {
    const { url } = await startRegistry()
    const chart = await pushChart(url, { name: 'a', version: '1.0.0', archive: 'x' })
    const body = (await send(url, 'GET /v2/a/manifests/1.0.0')).body
    await push(url, 'latest', body.toString())
    expect((await send(url, 'DELETE /v2/a/manifests/1.0.0')).status).toBe(202)
    expect((await send(url, 'GET /v2/a/manifests/1.0.0')).status).toBe(404)
    expect((await send(url, 'GET /v2/a/manifests/latest')).status).toBe(200)
    expect((await send(url, `DELETE /v2/a/manifests/${chart.manifest}`)).status).toBe(202)
    for (const reference of ['latest', chart.manifest]) {
      expect((await send(url, `GET /v2/a/manifests/${reference}`)).status).toBe(404)
      expect((await send(url, `HEAD /v2/a/manifests/${reference}`)).status).toBe(404)
    }
    expect((await send(url, 'GET /v2/a/tags/list')).json()).toEqual({ name: 'a', tags: [] })
  })
})

describe('referrers', () => {
  it('of anything anywhere are an empty index at first', async () => {
    const { url } = await startRegistry()
    const got = await send(url, `GET /v2/never/written/referrers/${sha256('x')}`)
    expect(got).toMatchObject({ status: 200, headers: { 'content-type': index } })
    expect(got.json()).toEqual({ schemaVersion: 2, mediaType: index, manifests: [] })
    expect((await send(url, 'GET /v2/a/referrers/sha256:bad')).status).toBe(400)
    expect((await send(url, `POST /v2/a/referrers/${sha256('x')}`)).status).toBe(405)
  })

  it('are listed with type and annotations, and filtered by type', async () => {
    const { url } = await startRegistry()
    const config = await pushConfig(url)
    const subject = { mediaType: image, digest: sha256('never pushed'), size: 12 }
    const sbom = {
      schemaVersion: 2,
      config,
      layers: [],
      subject,
      artifactType: 'application/sbom',
      annotations: { a: 'b' },
    }
    const plain = { schemaVersion: 2, config, layers: [], subject }
    const list = { schemaVersion: 2, mediaType: index, manifests: [], subject }
    for (const [body, type] of [
      [sbom, image],
      [plain, image],
      [list, index],
    ] as const) {
      const put = await push(url, sha256(JSON.stringify(body)), JSON.stringify(body), type)
      expect(put).toMatchObject({ status: 201, headers: { 'oci-subject': subject.digest } })
    }
    const all = (await send(url, `GET /v2/a/referrers/${subject.digest}`)).json() as { manifests: object[] }
    expect(all.manifests).toHaveLength(3)
    expect(all.manifests.filter((one) => !('artifactType' in one))).toHaveLength(1)
    const path = `/v2/a/referrers/${subject.digest}?artifactType=${encodeURIComponent('application/sbom')}`
    const filtered = await send(url, `GET ${path}`)
    expect(filtered.headers['oci-filters-applied']).toBe('artifactType')
    expect(filtered.json()).toMatchObject({
      manifests: [{ artifactType: 'application/sbom', annotations: { a: 'b' }, mediaType: image }],
    })
    const none = await send(url, `GET /v2/a/referrers/${subject.digest}?artifactType=none`)
    expect(none.json()).toMatchObject({ manifests: [] })
  })

  it('come in pages where they are long', async () => {
    const { url } = await startRegistry()
    const config = await pushConfig(url)
    const subject = { mediaType: image, digest: sha256('subject'), size: 7 }
    const text = 'x'.repeat(2 * 1024 * 1024)
    for (const name of ['one', 'two', 'three']) {
      const body = JSON.stringify({
        schemaVersion: 2,
        config,
        layers: [],
        subject,
        annotations: { name, text },
      })
      await push(url, sha256(body), body)
    }
    const seen: unknown[] = []
    let path: string | undefined = `/v2/a/referrers/${subject.digest}`
    while (path !== undefined) {
      const page = await send(url, `GET ${path}`)
      seen.push(...(page.json() as { manifests: unknown[] }).manifests)
      path = /^<([^>]+)>; rel="next"$/.exec(String(page.headers['link']))?.[1]
    }
    expect(seen).toHaveLength(3)
  })
})

async function pushConfig(url: string): Promise<object> {
  return { mediaType: 'application/vnd.example.config', digest: await pushBlob(url, 'a', '{}'), size: 2 }
}

function manifestOf(config: object): string {
  return JSON.stringify({ schemaVersion: 2, config, layers: [] })
}

function push(
  url: string,
  reference: string,
  body: string,
  type: string = image,
  headers: Readonly<Record<string, string>> = {},
): ReturnType<typeof send> {
  return send(url, `PUT /v2/a/manifests/${reference}`, { body, headers: { ...typed(type), ...headers } })
}

function typed(type: string): Record<string, string> {
  return { 'content-type': type }
}
