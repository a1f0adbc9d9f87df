import { describe, expect, it } from 'vitest'
import { openRepository } from '../../test/open-repository.ts'
import type { Answer } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import { contentOf, digestOf, emptyConfig, manifestOf, mediaTypes, readAll } from '../index.ts'
import { limits } from '../limits.ts'

const bytes = manifestOf({ layers: [] })
const manifest = { mediaType: mediaTypes.ociManifest, digest: digestOf(bytes), size: bytes.length }
const headers = { 'content-type': mediaTypes.ociManifest, 'docker-content-digest': manifest.digest }
const whole: Answer = { headers, body: bytes }
const byTag = 'GET /v2/a/b/manifests/1.0.0'
const headByTag = 'HEAD /v2/a/b/manifests/1.0.0'
const other = digestOf(new Uint8Array([1]))

describe('a manifest', () => {
  it('is resolved by one HEAD', async () => {
    const server = await scriptedServer({
      [headByTag]: { headers: { ...headers, 'content-length': bytes.length } },
    })
    expect(await openRepository(server.host).resolve('1.0.0')).toEqual(manifest)
    expect(server.log()).toEqual([headByTag])
    expect(server.requests[0]?.headers.accept).toContain(`${mediaTypes.ociManifest}, ${mediaTypes.ociIndex}`)
  })

  it.each([
    ['no digest', { 'docker-content-digest': [] as never }],
    ['a digest of another kind', { 'docker-content-digest': 'md5:1' }],
    ['no type', { 'content-type': [] as never }],
  ])('is resolved by its bytes where the HEAD has %s', async (_, changed) => {
    const server = await scriptedServer({
      [headByTag]: { headers: { ...headers, 'content-length': bytes.length, ...changed } },
      [byTag]: { headers: { 'content-type': `${mediaTypes.ociManifest}; charset=utf-8` }, body: bytes },
    })
    expect(await openRepository(server.host).resolve('1.0.0')).toEqual(manifest)
  })

  it('is read with its descriptor by one GET', async () => {
    const server = await scriptedServer({ [byTag]: whole })
    expect(await openRepository(server.host).fetchManifest('1.0.0')).toEqual({ descriptor: manifest, bytes })
    expect(server.log()).toEqual([byTag])
  })

  it('is known by its own type where the registry names none', async () => {
    for (const type of ['application/json', 'application/octet-stream', [] as never]) {
      const server = await scriptedServer({ [byTag]: { headers: { 'content-type': type }, body: bytes } })
      expect((await openRepository(server.host).fetchManifest('1.0.0')).descriptor).toEqual(manifest)
    }
    const helm = new TextEncoder().encode(
      JSON.stringify({ schemaVersion: 2, config: emptyConfig, layers: [] }),
    )
    const server = await scriptedServer({
      [byTag]: { headers: { 'content-type': 'application/json' }, body: helm },
    })
    expect((await openRepository(server.host).fetchManifest('1.0.0')).descriptor.mediaType).toBe(
      mediaTypes.ociManifest,
    )
  })

  it.each([
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'MANIFEST_INVALID'],
    ['JSON of no kind', { headers: { 'content-type': 'application/json' }, body: '{}' }, 'MANIFEST_INVALID'],
    ['text', { headers: { 'content-type': 'application/json' }, body: 'x' }, 'MANIFEST_INVALID'],
    [
      'a digest that is not its own',
      { headers: { ...headers, 'docker-content-digest': other }, body: bytes },
      'DIGEST_MISMATCH',
    ],
    ['too many bytes', { headers, body: new Uint8Array(limits.manifestBytes + 1) }, 'LIMIT_EXCEEDED'],
    [
      'too many bytes without a length',
      {
        headers: { ...headers, 'content-length': [] as never, 'transfer-encoding': 'chunked' },
        body: new Uint8Array(limits.manifestBytes + 1),
      },
      'LIMIT_EXCEEDED',
    ],
    ['404', { status: 404 }, 'NOT_FOUND'],
  ])('that is %s is refused', async (_, answer, code) => {
    const server = await scriptedServer({ [byTag]: answer })
    await expect(openRepository(server.host).fetchManifest('1.0.0')).rejects.toMatchObject({ code })
  })

  // GO-2024-3038 (regclient): the digest of a reference was ignored.
  it('asked for by digest is that or nothing', async () => {
    const server = await scriptedServer({
      [`GET /v2/a/b/manifests/${other}`]: whole,
      [`HEAD /v2/a/b/manifests/${other}`]: { headers: { ...headers, 'content-length': bytes.length } },
    })
    const repository = openRepository(server.host)
    await expect(repository.fetchManifest(other)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await expect(repository.resolve(other)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await expect(repository.fetch({ ...manifest, digest: other })).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    })
  })

  it('is fetched by its descriptor, which its size must match', async () => {
    const server = await scriptedServer({ [`GET /v2/a/b/manifests/${manifest.digest}`]: whole })
    const repository = openRepository(server.host)
    expect(await readAll(await repository.fetch(manifest), 1000)).toEqual(bytes)
    await expect(repository.fetch({ ...manifest, size: 1 })).rejects.toMatchObject({ code: 'SIZE_MISMATCH' })
    await expect(repository.fetch({ ...manifest, size: limits.manifestBytes + 1 })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })

  it('is put by one PUT, by digest or by tag', async () => {
    const server = await scriptedServer({
      'PUT /v2/a/b/manifests/1.0.0': { status: 201 },
      [`PUT /v2/a/b/manifests/${manifest.digest}`]: { status: 201 },
    })
    const repository = openRepository(server.host)
    await repository.push(manifest, contentOf(bytes))
    await repository.tag(manifest, '1.0.0', contentOf(bytes))
    expect(
      server.requests.map(({ headers: sent, body }) => [sent['content-type'], body.equals(bytes)]),
    ).toEqual([
      [mediaTypes.ociManifest, true],
      [mediaTypes.ociManifest, true],
    ])
  })

  it('is read first to be tagged, where it is not at hand', async () => {
    const server = await scriptedServer({
      [`GET /v2/a/b/manifests/${manifest.digest}`]: whole,
      'PUT /v2/a/b/manifests/2': { status: 201 },
    })
    await openRepository(server.host).tag(manifest, '2')
    expect(server.requests[1]?.body.equals(bytes)).toBe(true)
  })

  it('that the registry stores as something else is told of', async () => {
    const server = await scriptedServer({
      'PUT /v2/a/b/manifests/1': { status: 201, headers: { 'docker-content-digest': other } },
    })
    await expect(openRepository(server.host).tag(manifest, '1', contentOf(bytes))).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    })
  })

  it('that is not what its descriptor says is not sent', async () => {
    const server = await scriptedServer({})
    const wrong = { ...manifest, digest: other }
    await expect(openRepository(server.host).push(wrong, contentOf(bytes))).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    })
    expect(server.requests).toEqual([])
  })

  it('is deleted by digest, its tag by name', async () => {
    const server = await scriptedServer({
      [`GET /v2/a/b/manifests/${manifest.digest}`]: whole,
      [`DELETE /v2/a/b/manifests/${manifest.digest}`]: { status: 202 },
      'DELETE /v2/a/b/manifests/1.0.0': { status: 202 },
      'DELETE /v2/a/b/manifests/2': { status: 405, body: '{"errors":[{"code":"UNSUPPORTED"}]}' },
    })
    const repository = openRepository(server.host)
    await repository.deleteManifest(manifest.digest)
    await repository.deleteTag('1.0.0')
    await expect(repository.deleteTag('2')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })
})
