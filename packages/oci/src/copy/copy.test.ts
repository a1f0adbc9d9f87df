import { startRegistry, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { all, artifact, blobOf, indexBlob, noise, pushArtifact } from '../../test/artifact.ts'
import { openRepository } from '../../test/open-repository.ts'
import type { CopyOptions, Descriptor, Target } from '../index.ts'
import {
  contentOf,
  copy,
  digestOf,
  fetchManifest,
  indexOf,
  manifestOf,
  mediaTypes,
  memoryTarget,
  openLayout,
  readAll,
} from '../index.ts'
import { limits } from '../limits.ts'
import { createLimiter } from './limiter.ts'

interface Watched extends CopyOptions {
  readonly copied: string[]
  readonly skipped: string[]
}

function watched(): Watched {
  const copied: string[] = []
  const skipped: string[] = []
  return {
    copied,
    skipped,
    onCopied: ({ digest }) => copied.push(digest),
    onSkipped: ({ digest }) => skipped.push(digest),
  }
}

describe('a copy', () => {
  it('moves a tag with all below it, between targets of every kind', async () => {
    const registry = await startRegistry()
    const chart = artifact('layer')
    const places: Target[] = [
      memoryTarget(),
      await openLayout(temporaryFolder()),
      openRepository(registry.host, 'one'),
      openRepository(registry.host, 'two/deep'),
      memoryTarget(),
    ]
    const [first] = places
    if (first !== undefined) await pushArtifact(first, chart, '1.0.0')
    for (const [i, place] of places.entries()) {
      const next = places[i + 1]
      if (next !== undefined)
        expect(await copy([place, '1.0.0'], [next, '1.0.0'])).toEqual(chart.manifest.descriptor)
    }
    const last = places.at(-1) ?? memoryTarget()
    expect((await fetchManifest(last, '1.0.0')).bytes).toEqual(chart.manifest.bytes)
    for (const { descriptor, bytes } of chart.blobs)
      expect(Buffer.from(await readAll(await last.fetch(descriptor), 1000))).toEqual(Buffer.from(bytes))
  })

  it('by digest needs no tag', async () => {
    const [source, destination] = [memoryTarget(), memoryTarget()]
    const chart = artifact('layer')
    await pushArtifact(source, chart)
    const { digest } = chart.manifest.descriptor
    await copy([source, digest], [destination, digest])
    expect(await destination.resolve(digest)).toEqual(chart.manifest.descriptor)
    expect(await all(destination.tags())).toEqual([])
  })

  it('sends nothing twice', async () => {
    const [source, destination] = [memoryTarget(), memoryTarget()]
    await pushArtifact(source, artifact('layer'), '1')
    const first = watched()
    await copy([source, '1'], [destination, '1'], first)
    expect([first.copied.length, first.skipped.length]).toEqual([3, 0])
    const second = watched()
    await copy([source, '1'], [destination, '1'], second)
    expect([second.copied.length, second.skipped.length]).toEqual([0, 1])
    const third = watched()
    await copy([source, '1'], [destination, '2'], third)
    expect([third.copied.length, third.skipped.length]).toEqual([1, 0])
  })

  it('completes one that broke off', async () => {
    const [source, destination] = [memoryTarget(), memoryTarget()]
    const chart = artifact(noise(400_000))
    await pushArtifact(source, chart, '1')
    const [, layer] = chart.blobs
    if (layer !== undefined) await destination.push(layer.descriptor, contentOf(layer.bytes))
    const seen = watched()
    await copy([source, '1'], [destination, '1'], seen)
    expect(seen.skipped).toEqual([layer?.descriptor.digest])
    expect(seen.copied).toHaveLength(2)
  })

  it('of an index takes everything in it along, once', async () => {
    const [source, destination] = [memoryTarget(), memoryTarget()]
    const [one, two] = [artifact('one'), artifact('two')]
    await pushArtifact(source, one)
    await pushArtifact(source, two)
    const index = indexBlob(one, two)
    await source.tag(index.descriptor, '1', contentOf(index.bytes))
    const seen = watched()
    await copy([source, '1'], [destination, '1'], seen)
    // Two manifests, two layers, one config that both share, the index.
    expect(seen.copied).toHaveLength(6)
    expect(await destination.exists(two.manifest.descriptor)).toBe(true)
  })

  it('takes signatures along, and theirs, unless told not to', async () => {
    const [source, destination, bare] = [memoryTarget(), memoryTarget(), memoryTarget()]
    const chart = artifact('chart')
    await pushArtifact(source, chart, '1')
    const signature = artifact('signature', { subject: chart.manifest.descriptor, artifactType: 'a/b' })
    await pushArtifact(source, signature)
    const countersigned = artifact('again', { subject: signature.manifest.descriptor, artifactType: 'a/b' })
    await pushArtifact(source, countersigned)
    await copy([source, '1'], [destination, '1'])
    expect((await all(destination.referrers(chart.manifest.descriptor))).map(({ digest }) => digest)).toEqual(
      [signature.manifest.descriptor.digest],
    )
    expect(await destination.exists(countersigned.manifest.descriptor)).toBe(true)
    await copy([source, '1'], [bare, '1'], { referrers: false })
    expect(await bare.exists(signature.manifest.descriptor)).toBe(false)
    // A signature made after the chart was copied.
    await copy([source, '1'], [bare, '1'])
    expect(await bare.exists(countersigned.manifest.descriptor)).toBe(true)
  })

  it('of a signature takes along what it signs', async () => {
    const [source, destination] = [memoryTarget(), memoryTarget()]
    const chart = artifact('chart')
    await pushArtifact(source, chart)
    await pushArtifact(source, artifact('signature', { subject: chart.manifest.descriptor }), 'sig')
    await copy([source, 'sig'], [destination, 'sig'])
    expect(await destination.exists(chart.manifest.descriptor)).toBe(true)
  })

  it('leaves layers behind that may not be handed out', async () => {
    const [source, destination] = [memoryTarget(), memoryTarget()]
    const foreign = {
      ...blobOf(noise(10)).descriptor,
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    }
    const manifest = blobOf(manifestOf({ config: foreign, layers: [foreign] }), mediaTypes.ociManifest)
    await source.push(manifest.descriptor, contentOf(manifest.bytes))
    await copy([source, manifest.descriptor.digest], [destination, '1'])
    expect(await destination.exists(foreign)).toBe(false)
  })

  it('within one registry mounts', async () => {
    const { host } = await startRegistry()
    const chart = artifact(noise(300_000))
    await pushArtifact(openRepository(host, 'one'), chart, '1')
    const seen = watched()
    await copy([openRepository(host, 'one'), '1'], [openRepository(host, 'two'), '1'], seen)
    expect(seen.copied).toHaveLength(3)
    expect(await openRepository(host, 'two').resolve('1')).toEqual(chart.manifest.descriptor)
  })

  it('of content that lies is refused, and its tag is not set', async () => {
    const [source, destination] = [memoryTarget(), memoryTarget()]
    const chart = artifact('layer')
    await pushArtifact(source, chart, '1')
    const lying: Target = Object.create(source, {
      fetch: { value: async () => contentOf(noise(5)).open() },
    }) as Target
    const from = new Proxy(source, {
      get: (target, key) => (key === 'fetch' ? lying.fetch.bind(lying) : bound(target, key)),
    })
    await expect(copy([from, '1'], [destination, '1'])).rejects.toMatchObject({ code: 'SIZE_MISMATCH' })
    await expect(destination.resolve('1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of what is not there says so', async () => {
    await expect(copy([memoryTarget(), '1'], [memoryTarget(), '1'])).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('ends at a graph that is too deep', async () => {
    const source = memoryTarget()
    let inner: Descriptor = artifact('x').manifest.descriptor
    for (let depth = 0; depth <= limits.graphDepth + 1; depth++) {
      const index = blobOf(indexOf([inner]), mediaTypes.ociIndex)
      await source.push(index.descriptor, contentOf(index.bytes))
      inner = index.descriptor
    }
    await expect(copy([source, inner.digest], [memoryTarget(), '1'])).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })

  it('ends at a graph that is too wide', async () => {
    const source = memoryTarget()
    const wide = (seed: number): Descriptor[] =>
      Array.from({ length: limits.descriptors }, (_, i) => {
        const digest = digestOf(new Uint8Array(new Uint32Array([seed, i]).buffer))
        return { mediaType: 'application/x', digest, size: 1 }
      })
    const parts: Descriptor[] = []
    for (let i = 0; i <= limits.graphNodes / limits.descriptors; i++) {
      const index = blobOf(indexOf(wide(i)), mediaTypes.ociIndex)
      await source.push(index.descriptor, contentOf(index.bytes))
      parts.push(index.descriptor)
    }
    const root = blobOf(indexOf(parts), mediaTypes.ociIndex)
    await source.push(root.descriptor, contentOf(root.bytes))
    const destination = memoryTarget()
    const everything = new Proxy(destination, {
      get: (target, key) =>
        key === 'exists'
          ? async ({ mediaType }: Descriptor) => mediaType === 'application/x'
          : bound(target, key),
    })
    await expect(copy([source, root.descriptor.digest], [everything, '1'])).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })
})

describe('a limiter', () => {
  it('runs no more than it may at once, in order, and goes on after a failure', async () => {
    const limit = createLimiter(3)
    let running = 0
    let most = 0
    const order: number[] = []
    const works = Array.from({ length: 20 }, (_, i) =>
      limit(async () => {
        order.push(i)
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 1))
        running--
        if (i % 5 === 0) throw new Error(String(i))
      }),
    )
    const results = await Promise.allSettled(works)
    expect(most).toBe(3)
    expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i))
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4)
  })
})

function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key)
  return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value
}
