import { describe, expect, it } from 'vitest'
import {
  digestOf,
  emptyConfig,
  emptyConfigBytes,
  manifestOf,
  mediaTypes,
  parseManifest,
  successors,
} from './index.ts'
import { limits } from './limits.ts'

const layer = { mediaType: 'application/x', digest: digestOf(new Uint8Array([1])), size: 1 }
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const image = { schemaVersion: 2, config: emptyConfig, layers: [layer] }

describe('a manifest', () => {
  it('reads back as what it was made of', () => {
    const bytes = manifestOf({
      layers: [layer],
      artifactType: 'a/b',
      subject: layer,
      annotations: { b: '2', a: '1' },
    })
    expect(parseManifest(bytes, mediaTypes.ociManifest)).toEqual({
      ...image,
      mediaType: mediaTypes.ociManifest,
      artifactType: 'a/b',
      subject: layer,
      annotations: { a: '1', b: '2' },
    })
    expect(Buffer.from(manifestOf({ layers: [], annotations: { b: '2', a: '1' } })).toString()).toMatch(
      /"a":"1","b":"2"/,
    )
  })

  it('knows the empty config by its digest', () => {
    expect(digestOf(emptyConfigBytes())).toBe(emptyConfig.digest)
  })

  it('needs no media type of its own, as Helm writes none', () => {
    expect(successors(parseManifest(encode(image), mediaTypes.ociManifest))).toEqual([emptyConfig, layer])
  })

  it.each([
    ['text', 'nonsense'],
    ['a list', []],
    ['null', null],
    ['neither layers nor manifests', { schemaVersion: 2 }],
    ['another type than it came with', { ...image, mediaType: mediaTypes.ociIndex }],
    ['an image and an index at once', { ...image, manifests: [] }],
    ['a digest that climbs', { ...image, layers: [{ ...layer, digest: 'sha256:../../etc/passwd' }] }],
    ['a negative size', { ...image, layers: [{ ...layer, size: -1 }] }],
    ['a fractional size', { ...image, layers: [{ ...layer, size: 1.5 }] }],
    ['no config', { schemaVersion: 2, layers: [] }],
    ['a broken subject', { ...image, subject: { digest: 'x' } }],
  ])('that is %s is refused', (_, value) => {
    expect(() => parseManifest(encode(value), mediaTypes.ociManifest)).toThrow(
      expect.objectContaining({ code: 'MANIFEST_INVALID' }) as Error,
    )
  })

  it('with a key named __proto__ changes nothing else', () => {
    const text = JSON.stringify(image).replace('{', '{"__proto__":{"polluted":true},')
    parseManifest(new TextEncoder().encode(text), mediaTypes.ociManifest)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('that is not UTF-8 is refused', () => {
    expect(() => parseManifest(new Uint8Array([0x7b, 0xff, 0x7d]), mediaTypes.ociManifest)).toThrow(/no JSON/)
  })

  it('has limits of bytes and descriptors', () => {
    const code = expect.objectContaining({ code: 'LIMIT_EXCEEDED' }) as Error
    expect(() => parseManifest(new Uint8Array(limits.manifestBytes + 1), mediaTypes.ociIndex)).toThrow(code)
    const many = { ...image, layers: Array.from({ length: limits.descriptors + 1 }, () => layer) }
    expect(() => parseManifest(encode(many), mediaTypes.ociManifest)).toThrow(code)
  })
})
