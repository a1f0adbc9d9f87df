import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { all, artifact, blobOf, noise, pushArtifact } from '../../test/artifact.ts'
import { contentOf, mediaTypes, openLayout, readAll } from '../index.ts'
import { limits } from '../limits.ts'

describe('an image layout', () => {
  it('is what the specification says', async () => {
    const dir = join(temporaryFolder(), 'new', 'layout')
    const chart = artifact('layer')
    await pushArtifact(await openLayout(dir), chart, '1.0.0')
    const { digest, size } = chart.manifest.descriptor
    expect(JSON.parse(readFileSync(join(dir, 'oci-layout'), 'utf8'))).toEqual({ imageLayoutVersion: '1.0.0' })
    expect(JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8'))).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.ociIndex,
      manifests: [
        {
          mediaType: mediaTypes.ociManifest,
          digest,
          size,
          annotations: { 'org.opencontainers.image.ref.name': '1.0.0' },
        },
      ],
    })
    expect(readFileSync(join(dir, 'blobs', ...digest.split(':')))).toEqual(Buffer.from(chart.manifest.bytes))
    expect(readdirSync(dir, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([])
  })

  it('is found again', async () => {
    const dir = temporaryFolder()
    const chart = artifact('layer')
    await pushArtifact(await openLayout(dir), chart, '1.0.0')
    const again = await openLayout(dir)
    expect(await again.resolve('1.0.0')).toEqual(chart.manifest.descriptor)
    expect(await all(again.tags())).toEqual(['1.0.0'])
  })

  it('loses no tag of many that are written at once', async () => {
    const target = await openLayout(temporaryFolder())
    const tags = Array.from({ length: 20 }, (_, i) => `1.0.${i}`)
    await Promise.all(tags.map((tag) => pushArtifact(target, artifact(tag), tag)))
    expect((await all(target.tags())).sort()).toEqual([...tags].sort())
  })

  it('keeps nothing of content that breaks off', async () => {
    const dir = temporaryFolder()
    const target = await openLayout(dir)
    const { descriptor } = blobOf(noise(100))
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10)
      throw new Error('cut')
    }
    await expect(target.push(descriptor, { open: broken })).rejects.toThrow(/cut/)
    expect(readdirSync(join(dir, 'blobs', 'sha256'))).toEqual([])
  })

  it('that was altered on disk is found out', async () => {
    const dir = temporaryFolder()
    const target = await openLayout(dir)
    const { descriptor, bytes } = blobOf(noise(100))
    await target.push(descriptor, contentOf(bytes))
    writeFileSync(join(dir, 'blobs', ...descriptor.digest.split(':')), noise(100))
    const read = async (): Promise<unknown> => readAll(await target.fetch(descriptor), 1000)
    await expect(read()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
  })

  it('of another version is left alone', async () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'oci-layout'), '{"imageLayoutVersion":"2.0.0"}')
    await expect(openLayout(dir)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('in the place of a file is none', async () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(path, '')
    await expect(openLayout(path)).rejects.toMatchObject({ code: 'IO' })
  })

  // CVE-2024-3727 (containers/image): a digest became a path unchecked.
  it.each([
    [
      '{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:../../x","size":1}]}',
      'MANIFEST_INVALID',
    ],
    ['nonsense', 'MANIFEST_INVALID'],
    ['x'.repeat(limits.manifestBytes + 1), 'LIMIT_EXCEEDED'],
  ])('with a wrong index is refused', async (text, code) => {
    const dir = temporaryFolder()
    const target = await openLayout(dir)
    writeFileSync(join(dir, 'index.json'), text)
    await expect(target.resolve('1')).rejects.toMatchObject({ code })
    expect(existsSync(join(dir, '..', 'x'))).toBe(false)
  })

  it('made elsewhere, without an index type and with other annotations, is read', async () => {
    const dir = temporaryFolder()
    const chart = artifact('layer')
    mkdirSync(join(dir, 'blobs', 'sha256'), { recursive: true })
    writeFileSync(join(dir, 'oci-layout'), '{"imageLayoutVersion": "1.0.0"}')
    for (const { descriptor, bytes } of [...chart.blobs, chart.manifest])
      writeFileSync(join(dir, 'blobs', ...descriptor.digest.split(':')), bytes)
    const entry = {
      ...chart.manifest.descriptor,
      annotations: { 'org.opencontainers.image.ref.name': '1', x: 'y' },
    }
    writeFileSync(join(dir, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }))
    expect(await (await openLayout(dir)).resolve('1')).toEqual(chart.manifest.descriptor)
  })
})
