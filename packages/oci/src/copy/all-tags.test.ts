import { startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { all, artifact, blobOf, pushArtifact } from '../../test/artifact.ts'
import { openRepository } from '../../test/open-repository.ts'
import type { Answer, Script, ScriptedServer } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { Descriptor, Target } from '../index.ts'
import { contentOf, copyAllTags, indexOf, mediaTypes, memoryTarget, referrersTag } from '../index.ts'

const charts = Array.from({ length: 10 }, (_, i) => ({ tag: `1.0.${i}`, ...artifact(`layer ${i}`) }))

async function filled(target: Target = memoryTarget()): Promise<Target> {
  for (const { tag, ...chart } of charts) await pushArtifact(target, chart, tag)
  return target
}

/** A registry without a list of referrers, holding the charts: enough of one to read from. */
async function plainRegistry(more: Script = {}): Promise<ScriptedServer> {
  const script: Record<string, Answer> = {
    'GET /v2/a/b/tags/list': { body: JSON.stringify({ tags: charts.map(({ tag }) => tag) }) },
  }
  for (const { tag, manifest, blobs } of charts) {
    const headers = {
      'content-type': mediaTypes.ociManifest,
      'docker-content-digest': manifest.descriptor.digest,
    }
    script[`GET /v2/a/b/manifests/${tag}`] = { headers, body: manifest.bytes }
    script[`HEAD /v2/a/b/manifests/${tag}`] = {
      headers: { ...headers, 'content-length': manifest.bytes.length },
    }
    for (const blob of blobs) script[`GET /v2/a/b/blobs/${blob.descriptor.digest}`] = { body: blob.bytes }
  }
  return scriptedServer({ ...script, ...more })
}

describe('a copy of all tags', () => {
  it('moves every tag, results in their order', async () => {
    const destination = memoryTarget()
    const copied = await copyAllTags(await filled(), destination)
    expect(copied).toEqual(charts.map(({ tag, manifest }) => ({ tag, descriptor: manifest.descriptor })))
    expect((await all(destination.tags())).sort()).toEqual(charts.map(({ tag }) => tag))
  })

  it('asks no more than it must: one list, one manifest a tag, each blob once', async () => {
    const server = await plainRegistry()
    await copyAllTags(openRepository(server.host), memoryTarget())
    const kinds = server.log().map((line) => line.replace(/(sha256:|1\.0\.)\w+/, '*'))
    const count = (kind: string): number => kinds.filter((line) => line === kind).length
    expect(count('GET /v2/a/b/tags/list')).toBe(1)
    expect(count('GET /v2/a/b/manifests/*')).toBe(10)
    // Ten layers, and the config that all share.
    expect(count('GET /v2/a/b/blobs/*')).toBe(11)
    expect(count('HEAD /v2/a/b/manifests/*')).toBe(0)
  })

  it('of what is there already costs a HEAD a tag on each side', async () => {
    const [source, destination] = [await plainRegistry(), await plainRegistry()]
    const seen: Descriptor[] = []
    await copyAllTags(openRepository(source.host), openRepository(destination.host), {
      onSkipped: (one) => seen.push(one),
    })
    expect(seen).toHaveLength(10)
    expect(destination.log().sort()).toEqual(
      ['GET /v2/a/b/tags/list', ...charts.map(({ tag }) => `HEAD /v2/a/b/manifests/${tag}`)].sort(),
    )
    // And one question whether the registry lists referrers, at most one for each that runs at once.
    const asked = source.log().filter((line) => line.includes('/referrers/'))
    expect(source.log()).toHaveLength(11 + asked.length)
    expect(asked.length).toBeLessThanOrEqual(8)
  })

  it('moves what has changed', async () => {
    const [source, destination] = [await filled(), await filled()]
    const changed = artifact('changed')
    await pushArtifact(source, changed, '1.0.3')
    const seen: Descriptor[] = []
    await copyAllTags(source, destination, { onCopied: (one) => seen.push(one) })
    expect(seen.map(({ digest }) => digest)).toEqual(
      [...changed.blobs.slice(1), changed.manifest].map(({ descriptor }) => descriptor.digest),
    )
    expect((await destination.resolve('1.0.3')).digest).toBe(changed.manifest.descriptor.digest)
  })

  it('works between real repositories, also a second time', async () => {
    const { host } = await startRegistry()
    await filled(openRepository(host, 'from'))
    for (let i = 0; i < 2; i++)
      await copyAllTags(openRepository(host, 'from'), openRepository(host, 'to/here'))
    expect(await all(openRepository(host, 'to/here').tags())).toEqual(charts.map(({ tag }) => tag))
  })

  it('completes the list of referrers that both sides have, and loses no entry', async () => {
    const chart = artifact('chart')
    const subject = chart.manifest.descriptor
    const signed = (name: string): ReturnType<typeof artifact> =>
      artifact(name, { subject, artifactType: `a/${name}` })
    const [ours, theirs] = [signed('ours'), signed('theirs')]
    const tag = referrersTag(subject.digest)
    const withList = async (signature: typeof ours): Promise<Target> => {
      const target = memoryTarget()
      await pushArtifact(target, chart, '1')
      await pushArtifact(target, signature)
      const list = blobOf(indexOf([signature.manifest.descriptor]), mediaTypes.ociIndex)
      await target.tag(list.descriptor, tag, contentOf(list.bytes))
      return target
    }
    const [source, destination] = [await withList(ours), await withList(theirs)]
    await copyAllTags(source, destination)
    const { manifests } = JSON.parse(Buffer.from(await readTag(destination, tag)).toString()) as {
      manifests: Descriptor[]
    }
    expect(manifests.map(({ digest }) => digest)).toEqual(
      [ours, theirs].map(({ manifest }) => manifest.descriptor.digest),
    )
    const seen: Descriptor[] = []
    await copyAllTags(source, destination, { onCopied: (one) => seen.push(one) })
    expect(seen).toEqual([])
  })

  it('stops at the first failure, with what has begun brought to its end', async () => {
    const source = await plainRegistry({ 'GET /v2/a/b/manifests/1.0.2': { status: 403 } })
    const destination = memoryTarget()
    const copying = copyAllTags(openRepository(source.host), destination, { concurrency: 1 })
    await expect(copying).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await all(destination.tags())).toEqual(['1.0.0', '1.0.1'])
  })

  it('stops when it is told to', async () => {
    const source = await plainRegistry()
    const stop = AbortSignal.abort()
    await expect(
      copyAllTags(openRepository(source.host), memoryTarget(), { signal: stop }),
    ).rejects.toMatchObject({ code: 'ABORTED' })
  })
})

async function readTag(target: Target, tag: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await target.fetch(await target.resolve(tag))) chunks.push(chunk)
  return Buffer.concat(chunks)
}
