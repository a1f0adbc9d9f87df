import { describe, expect, it } from 'vitest'
import { openRepository } from '../../test/open-repository.ts'
import type { Answer, Script } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { Descriptor, RemoteRepository } from '../index.ts'
import { contentOf, digestOf, indexOf, manifestOf, mediaTypes, referrersTag } from '../index.ts'
import { limits } from '../limits.ts'

const subjectBytes = manifestOf({ layers: [] })
const subject = {
  mediaType: mediaTypes.ociManifest,
  digest: digestOf(subjectBytes),
  size: subjectBytes.length,
}
const tag = referrersTag(subject.digest)
const api = `GET /v2/a/b/referrers/${subject.digest}`
const fallback = `GET /v2/a/b/manifests/${tag}`
const putFallback = `PUT /v2/a/b/manifests/${tag}`

function referrer(artifactType: string): Descriptor {
  const bytes = signature(artifactType)
  return { mediaType: mediaTypes.ociManifest, digest: digestOf(bytes), size: bytes.length, artifactType }
}

function signature(artifactType: string): Uint8Array {
  return manifestOf({ layers: [], artifactType, subject })
}

function index(...entries: Descriptor[]): Answer {
  return { headers: { 'content-type': mediaTypes.ociIndex }, body: indexOf(entries) }
}

async function types(repository: RemoteRepository, artifactType?: string): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = []
  const filter = artifactType === undefined ? {} : { artifactType }
  for await (const one of repository.referrers(subject, filter)) found.push(one.artifactType)
  return found
}

describe('referrers', () => {
  it('are listed by the registry, page by page', async () => {
    const server = await scriptedServer({
      [`${api}?page=2`]: index(referrer('c/d')),
      [api]: {
        ...index(referrer('a/b')),
        headers: { 'content-type': mediaTypes.ociIndex, link: '<?page=2>; rel="next"' },
      },
    })
    expect(await types(openRepository(server.host))).toEqual(['a/b', 'c/d'])
    expect(server.log()).toEqual([api, `${api}?page=2`])
  })

  it('are filtered here where the registry does not', async () => {
    const server = await scriptedServer({
      [`${api}?artifactType=c%2Fd`]: index(referrer('a/b'), referrer('c/d')),
    })
    expect(await types(openRepository(server.host), 'c/d')).toEqual(['c/d'])
  })

  it.each([
    ['404', { status: 404 }],
    ['400', { status: 400 }],
    ['405', { status: 405 }],
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
  ])('are found by their tag where the registry answers %s, and it is not asked again', async (_, answer) => {
    const server = await scriptedServer({ [api]: answer, [fallback]: index(referrer('a/b')) })
    const repository = openRepository(server.host)
    expect(await types(repository)).toEqual(['a/b'])
    expect(await types(repository, 'x/y')).toEqual([])
    expect(server.log()).toEqual([api, fallback, fallback])
  })

  it('are found by their tag where the registry sends us elsewhere', async () => {
    const elsewhere = await scriptedServer({ 'GET /page': { status: 200, body: '{}' } })
    const server = await scriptedServer({
      [api]: { status: 303, headers: { location: `${elsewhere.url}/page` } },
      [fallback]: index(referrer('a/b')),
    })
    expect(await types(openRepository(server.host))).toEqual(['a/b'])
  })

  it('are none where neither knows any', async () => {
    const server = await scriptedServer({})
    expect(await types(openRepository(server.host))).toEqual([])
  })

  it('are not looked for where the tags are known to lack theirs', async () => {
    const server = await scriptedServer({ [api]: { status: 404 } })
    const repository = openRepository(server.host)
    for (let i = 0; i < 3; i++)
      for await (const one of repository.referrers(subject, { knownTags: new Set(['1.0.0']) }))
        expect(one).toBeUndefined()
    expect(server.log()).toEqual([api])
  })

  it('that fail are told of', async () => {
    const server = await scriptedServer({ [api]: { status: 403 } })
    await expect(types(openRepository(server.host))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('without end are refused', async () => {
    const page = {
      ...index(),
      headers: { 'content-type': mediaTypes.ociIndex, link: '<?again>; rel="next"' },
    }
    const looping = await scriptedServer({ [api]: page })
    await expect(types(openRepository(looping.host))).rejects.toMatchObject({ code: 'SERVER_ERROR' })
    expect(looping.requests.length).toBeLessThanOrEqual(limits.pages)
    const full = index(...Array.from({ length: limits.descriptors }, () => referrer('a/b')))
    const many = await scriptedServer({
      [api]: { ...full, headers: { 'content-type': mediaTypes.ociIndex, link: '<?2>; rel="next"' } },
    })
    await expect(types(openRepository(many.host))).rejects.toMatchObject({ code: 'SERVER_ERROR' })
  })
})

describe('a manifest with a subject', () => {
  const bytes = signature('a/b')
  const { artifactType: _, ...descriptor } = referrer('a/b')
  const put = `PUT /v2/a/b/manifests/${descriptor.digest}`

  async function push(script: Script): ReturnType<typeof scriptedServer> {
    const server = await scriptedServer(script)
    await openRepository(server.host).push(descriptor, contentOf(bytes))
    return server
  }

  it('is listed by a registry that says so', async () => {
    const server = await push({ [put]: { status: 201, headers: { 'oci-subject': subject.digest } } })
    expect(server.log()).toEqual([put])
  })

  it('is listed under its tag by us where the registry does not say so', async () => {
    const server = await push({
      [put]: { status: 201 },
      [fallback]: { status: 404 },
      [putFallback]: { status: 201 },
    })
    expect(server.log()).toEqual([put, fallback, putFallback])
    const written = JSON.parse(String(server.requests.at(-1)?.body)) as { manifests: unknown[] }
    expect(written).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.ociIndex,
      manifests: [{ ...descriptor, artifactType: 'a/b' }],
    })
  })

  it('joins those that are listed', async () => {
    const server = await push({
      [put]: { status: 201 },
      [fallback]: index(referrer('c/d')),
      [putFallback]: { status: 201 },
    })
    const written = JSON.parse(String(server.requests.at(-1)?.body)) as { manifests: Descriptor[] }
    expect(written.manifests.map(({ artifactType }) => artifactType)).toEqual(['c/d', 'a/b'])
  })

  it('is not listed twice', async () => {
    const server = await push({ [put]: { status: 201 }, [fallback]: index(referrer('a/b')) })
    expect(server.log()).toEqual([put, fallback])
  })

  it('loses none of several that are pushed at once', async () => {
    let stored: Answer = { status: 404 }
    const server = await scriptedServer({
      [fallback]: () => stored,
      [putFallback]: ({ body }) => {
        stored = { headers: { 'content-type': mediaTypes.ociIndex }, body }
        return { status: 201 }
      },
      ...Object.fromEntries(
        ['a/1', 'a/2', 'a/3', 'a/4'].map((type) => [
          `PUT /v2/a/b/manifests/${referrer(type).digest}`,
          { status: 201 },
        ]),
      ),
    })
    const repository = openRepository(server.host)
    await Promise.all(
      ['a/1', 'a/2', 'a/3', 'a/4'].map((type) => repository.push(referrer(type), contentOf(signature(type)))),
    )
    const { manifests } = JSON.parse(String(Buffer.from(stored.body ?? ''))) as { manifests: Descriptor[] }
    expect(manifests.map(({ artifactType }) => String(artifactType)).sort()).toEqual([
      'a/1',
      'a/2',
      'a/3',
      'a/4',
    ])
  })

  it('is taken off the list when it is deleted', async () => {
    const server = await scriptedServer({
      [`GET /v2/a/b/manifests/${descriptor.digest}`]: {
        headers: { 'content-type': mediaTypes.ociManifest },
        body: bytes,
      },
      [`DELETE /v2/a/b/manifests/${descriptor.digest}`]: { status: 202 },
      [fallback]: index(referrer('a/b'), referrer('c/d')),
      [putFallback]: { status: 201 },
    })
    await openRepository(server.host).deleteManifest(descriptor.digest)
    const { manifests } = JSON.parse(String(server.requests.at(-1)?.body)) as { manifests: Descriptor[] }
    expect(manifests.map(({ artifactType }) => artifactType)).toEqual(['c/d'])
  })
})
