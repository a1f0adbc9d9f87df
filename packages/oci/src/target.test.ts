import { startRegistry, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { all, artifact, blobOf, noise, pushArtifact } from '../test/artifact.ts'
import { openRepository } from '../test/open-repository.ts'
import type { Deleter, Target } from './index.ts'
import { canDelete, contentOf, digestOf, fetchManifest, memoryTarget, openLayout, readAll } from './index.ts'

const targets: readonly [string, () => Promise<Target & Deleter>][] = [
  ['a repository in memory', () => Promise.resolve(memoryTarget())],
  ['a layout on disk', () => openLayout(temporaryFolder())],
  ['a repository of a registry', async () => openRepository((await startRegistry()).host)],
]

describe.each(targets)('%s', (_, open) => {
  it('gives back what was pushed, by tag and by digest', async () => {
    const target = await open()
    const chart = artifact('layer')
    await pushArtifact(target, chart, '1.0.0')
    const { descriptor, bytes } = chart.manifest
    expect(await target.resolve('1.0.0')).toEqual(descriptor)
    expect(await target.resolve(descriptor.digest)).toEqual(descriptor)
    expect(await fetchManifest(target, '1.0.0')).toEqual({ descriptor, bytes })
    for (const blob of [...chart.blobs, chart.manifest]) {
      expect(await target.exists(blob.descriptor)).toBe(true)
      expect(Buffer.from(await readAll(await target.fetch(blob.descriptor), 1000))).toEqual(
        Buffer.from(blob.bytes),
      )
    }
  })

  it('gives a blob from the middle on', async () => {
    const target = await open()
    const blob = blobOf(new TextEncoder().encode('0123456789'))
    await target.push(blob.descriptor, contentOf(blob.bytes))
    expect(
      Buffer.from(await readAll(await target.fetch(blob.descriptor, { offset: 7 }), 10)).toString(),
    ).toBe('789')
  })

  it('says what it does not have', async () => {
    const target = await open()
    const { descriptor } = blobOf(noise(10))
    await pushArtifact(target, artifact('x'), '1')
    expect(await target.exists(descriptor)).toBe(false)
    await expect(target.resolve('2')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(target.resolve(descriptor.digest)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(target.fetch(descriptor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('takes no content that is not what it is said to be, and keeps nothing of it', async () => {
    const target = await open()
    const { descriptor, bytes } = blobOf(noise(100))
    const wrong = { ...descriptor, digest: digestOf(noise(5)) }
    await expect(target.push(wrong, contentOf(bytes))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(await target.exists(wrong)).toBe(false)
  })

  it('takes the same twice', async () => {
    const target = await open()
    const chart = artifact('layer')
    await pushArtifact(target, chart, '1')
    await pushArtifact(target, chart, '1')
    expect(await all(target.tags())).toEqual(['1'])
  })

  it('moves a tag', async () => {
    const target = await open()
    const [one, two] = [artifact('one'), artifact('two')]
    await pushArtifact(target, one, 'latest')
    await pushArtifact(target, two, 'latest')
    expect((await target.resolve('latest')).digest).toBe(two.manifest.descriptor.digest)
    expect(await target.resolve(one.manifest.descriptor.digest)).toEqual(one.manifest.descriptor)
  })

  it('stores a manifest that is tagged with its bytes at hand', async () => {
    const target = await open()
    const chart = artifact('layer')
    for (const { descriptor, bytes } of chart.blobs) await target.push(descriptor, contentOf(bytes))
    await target.tag(chart.manifest.descriptor, '1', contentOf(chart.manifest.bytes))
    expect(await target.resolve('1')).toEqual(chart.manifest.descriptor)
    await expect(target.tag(artifact('other').manifest.descriptor, '2')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('deletes a tag, and a manifest with all its tags', async () => {
    const target = await open()
    expect(canDelete(target)).toBe(true)
    const chart = artifact('layer')
    await pushArtifact(target, chart, '1')
    await target.tag(chart.manifest.descriptor, '2')
    await target.tag(chart.manifest.descriptor, '3')
    await target.deleteTag('1')
    expect((await all(target.tags())).sort()).toEqual(['2', '3'])
    await target.deleteManifest(chart.manifest.descriptor.digest)
    expect(await all(target.tags())).toEqual([])
    expect(await target.exists(chart.manifest.descriptor)).toBe(false)
    await expect(target.deleteTag('1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(target.deleteManifest(chart.manifest.descriptor.digest)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('lists what refers to a manifest', async () => {
    const target = await open()
    const chart = artifact('layer')
    await pushArtifact(target, chart, '1')
    const subject = chart.manifest.descriptor
    const signature = artifact('signature', { subject, artifactType: 'a/signature' })
    const list = artifact('list', { subject, artifactType: 'a/list' })
    await pushArtifact(target, signature)
    await pushArtifact(target, list)
    const types = async (filter?: { artifactType: string }): Promise<unknown[]> =>
      (await all(target.referrers(subject, filter))).map(({ artifactType }) => String(artifactType)).sort()
    expect(await types()).toEqual(['a/list', 'a/signature'])
    expect(await types({ artifactType: 'a/list' })).toEqual(['a/list'])
    expect(await all(target.referrers(list.manifest.descriptor))).toEqual([])
    expect(await all(target.tags())).toEqual(['1'])
  })
})
