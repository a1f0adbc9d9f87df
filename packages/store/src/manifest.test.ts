import { mediaTypes } from '@chartroom/oci'
import { sha256 } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { inspectManifest } from './manifest.ts'

const config = { mediaType: 'application/x', digest: sha256('config'), size: 6 }
const layer = { mediaType: 'application/y', digest: sha256('layer'), size: 5 }
const image = { schemaVersion: 2, config, layers: [layer] }

describe('a manifest', () => {
  it('tells what it needs and whom it refers to', () => {
    const subject = { mediaType: mediaTypes.ociManifest, digest: sha256('subject'), size: 7 }
    const facts = inspect({ ...image, subject, annotations: { a: 'b' } })
    expect(facts).toEqual({
      blobs: [config.digest, layer.digest],
      manifests: [],
      subject: subject.digest,
      artifactType: config.mediaType,
      annotations: { a: 'b' },
    })
  })

  it('needs no layer that may not be distributed or lies elsewhere', () => {
    const elsewhere = { ...layer, urls: ['https://example.com/layer'] }
    const foreign = { ...layer, mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip' }
    expect(inspect({ ...image, layers: [elsewhere, foreign] }).blobs).toEqual([config.digest])
  })

  it('that is an index has the type of its own alone', () => {
    const index = { schemaVersion: 2, manifests: [{ ...layer, mediaType: mediaTypes.ociManifest }] }
    const facts = inspectManifest(Buffer.from(JSON.stringify(index)), mediaTypes.ociIndex)
    expect(facts).toMatchObject({ blobs: [], manifests: [layer.digest], artifactType: undefined })
  })

  it.each([
    ['without JSON', '{', mediaTypes.ociManifest],
    ['with broken UTF-8', Buffer.from([0x22, 0xff, 0x22]), mediaTypes.ociManifest],
    ['that is a list', '[]', mediaTypes.ociManifest],
    ['of no known type', JSON.stringify(image), 'application/json'],
    ['without a type', JSON.stringify(image), ''],
    [
      'that says another type',
      JSON.stringify({ ...image, mediaType: mediaTypes.ociIndex }),
      mediaTypes.ociManifest,
    ],
    ['of schema 1', JSON.stringify({ ...image, schemaVersion: 1 }), mediaTypes.ociManifest],
    ['that is image and index at once', JSON.stringify({ ...image, manifests: [] }), mediaTypes.ociManifest],
    ['that is index and image at once', JSON.stringify({ ...image, manifests: [] }), mediaTypes.ociIndex],
    ['without a config', JSON.stringify({ schemaVersion: 2, layers: [] }), mediaTypes.ociManifest],
    ['index without manifests', JSON.stringify({ schemaVersion: 2 }), mediaTypes.ociIndex],
    ['with layers that are no list', JSON.stringify({ ...image, layers: {} }), mediaTypes.ociManifest],
    ['with a layer that is text', JSON.stringify({ ...image, layers: ['x'] }), mediaTypes.ociManifest],
    [
      'with a digest that is a path',
      withLayer({ digest: 'sha256:../../etc/passwd' }),
      mediaTypes.ociManifest,
    ],
    ['with a negative size', withLayer({ size: -1 }), mediaTypes.ociManifest],
    ['with a layer without a type', withLayer({ mediaType: undefined }), mediaTypes.ociManifest],
    [
      'with annotations of numbers',
      JSON.stringify({ ...image, annotations: { a: 1 } }),
      mediaTypes.ociManifest,
    ],
    ['with an artifact type of 7', JSON.stringify({ ...image, artifactType: 7 }), mediaTypes.ociManifest],
  ])('%s is refused', (_, text, mediaType) => {
    expect(() => inspectManifest(Buffer.from(text), mediaType)).toThrowError(
      expect.objectContaining({ code: 'MANIFEST_INVALID' }),
    )
  })
})

function inspect(document: object): ReturnType<typeof inspectManifest> {
  return inspectManifest(Buffer.from(JSON.stringify(document)), mediaTypes.ociManifest)
}

function withLayer(change: object): string {
  return JSON.stringify({ ...image, layers: [{ ...layer, ...change }] })
}
