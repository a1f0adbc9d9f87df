import type { StartedRegistry } from '@chartroom/testkit'
import { pushBlob, pushChart, send, startRegistry, temporaryFolder } from '@chartroom/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Oddity, OddRegistry } from '../../test/odd-registry.ts'
import { oddRegistry } from '../../test/odd-registry.ts'
import { connect } from '../connection.ts'
import type { PrunedRepository } from './result.ts'
import { pruneError } from './result.ts'
import type { Pruning } from './prune.ts'
import { planPruning, planPruningBelow } from './prune.ts'
import type { RetentionPolicy } from './policy.ts'

const image = 'application/vnd.oci.image.manifest.v1+json'
const list = 'application/vnd.oci.image.index.v1+json'
const name = 'charts/app'
const keepOne: RetentionPolicy = { keep: 1, now: Date.parse('2026-06-01T00:00:00Z') }

let registry: StartedRegistry

beforeEach(async () => {
  registry = await startRegistry()
})

async function chart(version: string): Promise<string> {
  return (await pushChart(registry.url, { name, version, archive: `archive of ${version}` })).manifest
}

async function put(reference: string, manifest: object, type = image): Promise<string> {
  const got = await send(registry.url, `PUT /v2/${name}/manifests/${reference}`, {
    headers: { 'content-type': type },
    body: JSON.stringify({ schemaVersion: 2, mediaType: type, ...manifest }),
  })
  expect(got.status).toBe(201)
  return String(got.headers['docker-content-digest'])
}

/** A manifest that says something of another: by a tag of its own, or by its digest alone. */
async function referrer(subject: string, artifactType: string): Promise<string> {
  const digest = await pushBlob(registry.url, name, '{}')
  const manifest = {
    artifactType,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest, size: 2 },
    layers: [],
    subject: await described(subject),
  }
  const bytes = JSON.stringify({ schemaVersion: 2, mediaType: image, ...manifest })
  const { createHash } = await import('node:crypto')
  return put(`sha256:${createHash('sha256').update(bytes).digest('hex')}`, manifest)
}

async function described(reference: string): Promise<object> {
  const { headers } = await send(registry.url, `HEAD /v2/${name}/manifests/${reference}`)
  const { 'content-type': mediaType, 'docker-content-digest': digest, 'content-length': size } = headers
  return { mediaType, digest, size: Number(size) }
}

/** cosign's: an artifact under a tag made of the digest. */
async function cosigned(digest: string): Promise<string> {
  const config = await pushBlob(registry.url, name, '{}')
  const layer = await pushBlob(registry.url, name, `signature of ${digest}`)
  const tag = `${digest.replace(':', '-')}.sig`
  await put(tag, {
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 2 },
    layers: [{ mediaType: 'text/plain', digest: layer, size: `signature of ${digest}`.length }],
  })
  return tag
}

async function tag(reference: string, other: string): Promise<void> {
  const got = await send(registry.url, `GET /v2/${name}/manifests/${reference}`)
  const headers = { 'content-type': String(got.headers['content-type']) }
  const put = await send(registry.url, `PUT /v2/${name}/manifests/${other}`, { headers, body: got.body })
  expect(put.status).toBe(201)
}

async function tags(): Promise<unknown> {
  const got = (await send(registry.url, `GET /v2/${name}/tags/list`)).json() as { tags: unknown }
  return got.tags
}

async function isThere(reference: string): Promise<boolean> {
  return (await send(registry.url, `HEAD /v2/${name}/manifests/${reference}`)).status === 200
}

async function prune(policy = keepOne, host = registry.host): Promise<PrunedRepository> {
  const environment = { env: { HOME: temporaryFolder() }, cwd: '/', platform: process.platform }
  const [pruning] = await planPruning(connect(environment, {}), [`oci://${host}/${name}`], policy)
  if (pruning === undefined) throw new Error('there is no plan')
  return pruning.run()
}

function odd(oddity: Oddity): Promise<OddRegistry> {
  return oddRegistry(registry.host, oddity)
}

const statuses = (pruned: PrunedRepository): object =>
  Object.fromEntries(pruned.tags.map(({ tag: own, status }) => [own.slice(0, 20), status]))

describe('pruning', () => {
  it('S44 plans without changing anything, and then does what it planned', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.10.0', '1.9.0']) await chart(version)
    const environment = { env: { HOME: temporaryFolder() }, cwd: '/', platform: process.platform }
    const proxy = await odd(() => undefined)
    const policy = { ...keepOne, keep: 2 }
    const connections = connect(environment, {})
    const [pruning] = await planPruning(connections, [`oci://${proxy.host}/${name}`], policy)
    if (pruning === undefined) throw new Error('there is no plan')
    expect(pruning.planned.tags).toMatchObject([
      { tag: '1.10.0', version: '1.10.0', status: 'kept', reason: 'of the 2 newest' },
      { tag: '1.9.0', status: 'kept' },
      { tag: '1.1.0', status: 'planned', reason: 'not of the 2 newest', created: '2026-01-02T03:04:05Z' },
      { tag: '1.0.0', status: 'planned' },
    ])
    expect(pruning.planned.manifests.map(({ kind, status }) => [kind, status])).toEqual([
      ['chart', 'planned'],
      ['chart', 'planned'],
    ])
    expect(proxy.requests.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([])
    const done = await pruning.run()
    expect(await tags()).toEqual(['1.10.0', '1.9.0'])
    expect(done).toEqual(
      JSON.parse(JSON.stringify(pruning.planned).replaceAll('"planned"', '"removed"')) as object,
    )
    expect(done.freedBytes).toBeGreaterThan(100)
    expect((await prune(policy)).manifests).toEqual([])
  })

  it('S44 takes signatures along and leaves those of what stays', async () => {
    const [old, fresh] = [await chart('1.0.0'), await chart('2.0.0')]
    const signatures = [await referrer(old, 'a/sig'), await referrer(fresh, 'a/sig')]
    const nested = await referrer(signatures[0] ?? '', 'b/of-a-signature')
    const cosign = [await cosigned(old), await cosigned(fresh)]
    const pruned = await prune()
    expect(await tags()).toEqual(['2.0.0', cosign[1]].sort())
    expect(await Promise.all([...signatures, nested, ...cosign].map(isThere))).toEqual([
      false,
      true,
      false,
      false,
      true,
    ])
    expect(pruned.manifests.map(({ kind }) => kind)).toEqual(['chart', 'referrer', 'referrer', 'referrer'])
  })

  it('S44 leaves latest, and what an index needs', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0', '2.0.0']) await chart(version)
    await tag('1.0.0', 'latest')
    await put('bundle', { manifests: [await described('1.1.0')] }, list)
    const pruned = await prune()
    expect(await tags()).toEqual(['1.1.0', '2.0.0', 'bundle', 'latest'])
    expect(pruned.tags).toMatchObject([
      { tag: '2.0.0', status: 'kept' },
      { tag: '1.2.0', status: 'removed' },
      { tag: '1.1.0', status: 'kept', reason: 'the index bundle needs it' },
      { tag: '1.0.0', status: 'removed', reason: 'not the newest; its manifest stays for latest' },
      { tag: 'bundle', status: 'kept' },
      { tag: 'latest', status: 'kept' },
    ])
    expect(await isThere('latest')).toBe(true)
  })

  it('finds referrers by their tags where the registry keeps no list, and removes these lists too', async () => {
    const [old, fresh] = [await chart('1.0.0'), await chart('2.0.0')]
    const signatures = [await referrer(old, 'a/sig'), await referrer(fresh, 'a/sig')]
    for (const [at, digest] of [old, fresh].entries()) {
      const manifests = [{ ...(await described(signatures[at] ?? '')), artifactType: 'a/sig' }]
      await put(digest.replace(':', '-'), { manifests }, list)
    }
    const { host, requests } = await odd((_, path) =>
      path.includes('/referrers/') ? { status: 404, code: 'NOT_FOUND' } : undefined,
    )
    expect(statuses(await prune(keepOne, host))).toEqual({
      '2.0.0': 'kept',
      '1.0.0': 'removed',
      [old.replace(':', '-').slice(0, 20)]: 'removed',
      [fresh.replace(':', '-').slice(0, 20)]: 'kept',
    })
    expect(await Promise.all(signatures.map(isThere))).toEqual([false, true])
    // No list is written anew for a subject that is gone.
    expect(requests.filter((line) => line.startsWith('PUT'))).toEqual([])
  })

  it('removes what an interrupted run has left', async () => {
    const old = await chart('1.0.0')
    await chart('2.0.0')
    await cosigned(old)
    await send(registry.url, `DELETE /v2/${name}/manifests/${old}`)
    await prune()
    expect(await tags()).toEqual(['2.0.0'])
  })

  it('does nothing where somebody changed a tag meanwhile', async () => {
    for (const version of ['1.0.0', '2.0.0']) await chart(version)
    const environment = { env: { HOME: temporaryFolder() }, cwd: '/', platform: process.platform }
    const plan = (): Promise<Pruning[]> =>
      planPruning(connect(environment, {}), [`oci://${registry.host}/${name}`], keepOne)
    const [pruning] = await plan()
    await tag('1.0.0', 'latest')
    const failed = (await pruning?.run()) as PrunedRepository
    expect(failed.tags.map(({ status, error }) => [status, error?.code])).toEqual([
      ['kept', undefined],
      ['failed', 'CONFLICT'],
    ])
    expect(pruneError([failed])).toMatchObject({ code: 'CONFLICT' })
    expect(await tags()).toEqual(['1.0.0', '2.0.0', 'latest'])
    const [other] = await plan()
    await send(registry.url, `DELETE /v2/${name}/manifests/latest`)
    expect(pruneError([(await other?.run()) as PrunedRepository])).toMatchObject({ code: 'CONFLICT' })
    expect(await isThere('1.0.0')).toBe(true)
  })

  it.each([
    ['a tag', ':1.0.0'],
    ['a digest', `@sha256:${'0'.repeat(64)}`],
  ])('looks at all of a chart, not at %s', async (_, end) => {
    const environment = { env: {}, cwd: '/', platform: process.platform }
    await expect(
      planPruning(connect(environment, {}), [`oci://${registry.host}/${name}${end}`], keepOne),
    ).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('takes all charts below a path, by the catalog', async () => {
    for (const version of ['1.0.0', '2.0.0']) {
      for (const other of ['charts/app', 'charts/deep/er', 'elsewhere/app'])
        await pushChart(registry.url, { name: other, version, archive: version })
    }
    const environment = { env: { HOME: temporaryFolder() }, cwd: '/', platform: process.platform }
    const prunings = await planPruningBelow(
      connect(environment, {}),
      [`oci://${registry.host}/charts`],
      keepOne,
    )
    expect(prunings.map(({ planned }) => planned.repository)).toEqual([
      `oci://${registry.host}/charts/app`,
      `oci://${registry.host}/charts/deep/er`,
    ])
    expect(prunings.map(({ planned }) => planned.manifests.length)).toEqual([1, 1])
  })

  it('leaves images, and what it cannot understand', async () => {
    await chart('2.0.0')
    const config = await pushBlob(registry.url, name, '{}')
    for (const version of ['1.0.0', '1.1.0']) {
      await put(version, {
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 2 },
        layers: [],
        annotations: { version },
      })
    }
    const { host } = await odd((method, path) =>
      method === 'GET' && path.endsWith('/1.1.0') ? { status: 404, code: 'MANIFEST_UNKNOWN' } : undefined,
    )
    expect(statuses(await prune(keepOne, host))).toEqual({ '2.0.0': 'kept', '1.0.0': 'kept' })
  })
})

const isTag = (path: string): boolean => path.includes('/manifests/') && !path.includes('sha256:')

describe('pruning a registry', () => {
  beforeEach(async () => {
    for (const version of ['1.0.0', '1.1.0', '2.0.0']) await chart(version)
    await tag('1.0.0', 'latest')
  })

  it('S44 that deletes by digest alone leaves a tag whose manifest another tag needs', async () => {
    const { host } = await odd((method, path) =>
      method === 'DELETE' && isTag(path) ? { status: 405, code: 'UNSUPPORTED' } : undefined,
    )
    const pruned = await prune(keepOne, host)
    expect(pruned.tags).toMatchObject([
      { tag: '2.0.0', status: 'kept' },
      { tag: '1.1.0', status: 'removed' },
      {
        tag: '1.0.0',
        status: 'kept',
        reason: 'this registry removes a tag with its manifest alone, and latest would go along',
      },
      { tag: 'latest', status: 'kept' },
    ])
    expect(await tags()).toEqual(['1.0.0', '2.0.0', 'latest'])
    expect(pruneError([pruned])).toBeUndefined()
  })

  it('S44 that deletes the manifest a tag names gets back what was to stay', async () => {
    await tag('2.0.0', 'stable')
    const first = await send(registry.url, `GET /v2/${name}/manifests/latest`)
    const { host } = await odd(async (method, path) => {
      if (method !== 'DELETE' || !isTag(path)) return undefined
      const { headers } = await send(registry.url, `HEAD ${path}`)
      return path.replace(/[^/]*$/, String(headers['docker-content-digest']))
    })
    await tag('1.0.0', '0.9.0')
    const pruned = await prune(keepOne, host)
    const last = await send(registry.url, `GET /v2/${name}/manifests/latest`)
    expect(last.body.equals(first.body)).toBe(true)
    expect(last.status).toBe(200)
    expect(statuses(pruned)).toMatchObject({ '1.1.0': 'removed', latest: 'kept', stable: 'kept' })
    expect(await isThere('stable')).toBe(true)
    expect(pruned.tags.filter(({ reason }) => reason.includes('would go along')).length).toBeGreaterThan(0)
  })

  it('that deletes no manifest with a tag has its tags deleted first', async () => {
    const { host } = await odd(async (method, path) => {
      if (method !== 'DELETE' || isTag(path)) return undefined
      const digest = path.replace(/.*\//, '')
      const all = (await tags()) as string[]
      const heads = await Promise.all(
        all.map((one) => send(registry.url, `HEAD /v2/${name}/manifests/${one}`)),
      )
      return heads.some(({ headers }) => headers['docker-content-digest'] === digest)
        ? { status: 400, code: 'GOOGLE_MANIFEST_DANGLING_TAG' }
        : undefined
    })
    const old = (await described('1.1.0')) as { digest: string }
    expect(statuses(await prune(keepOne, host))).toMatchObject({ '1.1.0': 'removed', '1.0.0': 'removed' })
    expect(await isThere(old.digest)).toBe(false)
  })

  it('that deletes nothing is said to, and nothing is removed', async () => {
    const { host } = await odd((method) =>
      method === 'DELETE' ? { status: 405, code: 'UNSUPPORTED' } : undefined,
    )
    const pruned = await prune(keepOne, host)
    expect(pruned.tags.map(({ status }) => status)).toEqual(['kept', 'failed', 'kept', 'kept'])
    expect(pruneError([pruned])).toMatchObject({ code: 'UNSUPPORTED' })
    expect(pruned.freedBytes).toBe(0)
  })

  it.each([
    ['an immutable', 412, 'PRECONDITION'],
    ['a locked', 405, 'UNSUPPORTED'],
  ])('that protects %s version is obeyed, and the others are removed', async (_, status, code) => {
    await chart('1.2.0')
    const { digest } = (await described('1.1.0')) as { digest: string }
    const { host } = await odd((method, path) =>
      method === 'DELETE' && path.replace(digest, '1.1.0').endsWith('/1.1.0') ? { status, code } : undefined,
    )
    const pruned = await prune(keepOne, host)
    expect(statuses(pruned)).toMatchObject({ '1.2.0': 'removed', '1.1.0': 'kept' })
    expect(pruneError([pruned])).toBeUndefined()
    expect(await isThere('1.1.0')).toBe(true)
  })

  it('that does not allow one deletion leaves what belongs to it, and is asked for the rest', async () => {
    const { digest } = (await described('1.1.0')) as { digest: string }
    const signature = await referrer(digest, 'a/sig')
    await chart('1.2.0')
    const { host } = await odd((method, path) =>
      method === 'DELETE' && path.endsWith(digest) ? { status: 403, code: 'DENIED' } : undefined,
    )
    const pruned = await prune(keepOne, host)
    expect(statuses(pruned)).toMatchObject({ '1.2.0': 'removed', '1.1.0': 'failed' })
    expect(pruned.manifests.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'chart failed',
      'referrer kept',
      'chart removed',
    ])
    expect(await isThere(signature)).toBe(true)
    expect(pruneError([pruned])).toMatchObject({ code: 'PARTIAL' })
  })

  it('that wants a login is asked once', async () => {
    const { host, requests } = await odd((method) =>
      method === 'DELETE' ? { status: 401, code: 'UNAUTHORIZED' } : undefined,
    )
    await chart('1.2.0')
    const pruned = await prune(keepOne, host)
    expect(statuses(pruned)).toMatchObject({ '1.1.0': 'failed', '1.2.0': 'skipped', '1.0.0': 'skipped' })
    expect(requests.filter((line) => line.startsWith('DELETE'))).toHaveLength(1)
    expect(pruneError([pruned])).toMatchObject({ code: 'ANONYMOUS_REFUSED' })
  })

  it('that no longer has what is to go is not complained of', async () => {
    const { host } = await odd((method, path) =>
      method === 'DELETE' && !isTag(path) ? { status: 404, code: 'MANIFEST_UNKNOWN' } : undefined,
    )
    expect(statuses(await prune(keepOne, host))).toMatchObject({ '1.1.0': 'removed' })
  })
})
