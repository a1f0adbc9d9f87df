import { ChartroomError } from '@chartroom/errors'
import type { Descriptor, Digest } from '@chartroom/oci'
import { isDigest, manifestMediaTypes } from '@chartroom/oci'

/** What the store must know of a manifest: what it needs, and whom it refers to. */
export interface ManifestFacts {
  /** Must be in the repository before the manifest. */
  readonly blobs: readonly Digest[]
  readonly manifests: readonly Digest[]
  readonly subject?: Digest | undefined
  /** As referrers list it: its own, else for an image that of its config (distribution-spec, Listing Referrers). */
  readonly artifactType?: string | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

/** Throws `MANIFEST_INVALID`. The media type is that of the request; one inside the document must be the same. */
export function inspectManifest(bytes: Uint8Array, mediaType: string): ManifestFacts {
  if (!manifestMediaTypes.includes(mediaType)) {
    throw invalid(`${mediaType === '' ? 'no media type' : mediaType} is not the type of a manifest`)
  }
  const document = parseObject(bytes)
  const own = optionalText(document, 'mediaType')
  if (own !== undefined && own !== mediaType) throw invalid(`it says it is ${own} but came as ${mediaType}`)
  checkShape(document, mediaType)
  const config = optionalDescriptor(document, 'config')
  const layers = [...descriptors(document, 'layers'), ...descriptors(document, 'blobs')].filter(
    isDistributable,
  )
  return {
    blobs: [...(config === undefined ? [] : [config]), ...layers].map(({ digest }) => digest),
    manifests: descriptors(document, 'manifests').map(({ digest }) => digest),
    subject: optionalDescriptor(document, 'subject')?.digest,
    artifactType: optionalText(document, 'artifactType') ?? config?.mediaType,
    annotations: annotations(document),
  }
}

type Document = Readonly<Record<string, unknown>>

// A document that one reader takes for an image and another for an index is how clients were made to run what
// nobody had checked (GHSA-qq97-vm5h-rrhg).
function checkShape(document: Document, mediaType: string): void {
  const isArtifact = mediaType.endsWith('artifact.manifest.v1+json')
  if (!isArtifact && document['schemaVersion'] !== 2) throw invalid('its schemaVersion is not 2')
  const isIndex = mediaType.includes('index') || mediaType.includes('list')
  const foreign = isIndex ? ['config', 'layers', 'blobs'] : ['manifests']
  for (const key of foreign) {
    if (document[key] !== undefined)
      throw invalid(`it is ${isIndex ? 'an index' : 'an image'} and yet has ${key}`)
  }
  if (isIndex && !Array.isArray(document['manifests'])) throw invalid('it has no manifests')
  if (!isIndex && !isArtifact && optionalDescriptor(document, 'config') === undefined)
    throw invalid('it has no config')
}

function parseObject(bytes: Uint8Array): Document {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ChartroomError('MANIFEST_INVALID', 'the manifest is not JSON', { cause: error, hint })
  }
  if (!isObject(value)) throw invalid('it is not an object')
  return value
}

function descriptors(document: Document, key: string): Descriptor[] {
  const value = document[key]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw invalid(`its ${key} is not a list`)
  return value.map((one: unknown) => checkDescriptor(one, key))
}

function optionalDescriptor(document: Document, key: string): Descriptor | undefined {
  const value = document[key]
  return value === undefined || value === null ? undefined : checkDescriptor(value, key)
}

function checkDescriptor(value: unknown, key: string): Descriptor {
  if (!isObject(value)) throw invalid(`its ${key} holds something that is no descriptor`)
  const { mediaType, digest, size, urls } = value
  if (typeof digest !== 'string' || !isDigest(digest)) throw invalid(`its ${key} has a bad digest`)
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw invalid(`its ${key} has a bad size`)
  if (typeof mediaType !== 'string') throw invalid(`its ${key} has no media type`)
  return { mediaType, digest, size, ...(Array.isArray(urls) ? { urls: urls.map(String) } : {}) }
}

// OCI image-spec, layer.md, Non-Distributable Layers: their content may be elsewhere.
function isDistributable({ mediaType, urls }: Descriptor): boolean {
  const elsewhere = /\.nondistributable\.|\.foreign\./.test(mediaType)
  return !elsewhere && (urls === undefined || urls.length === 0)
}

function annotations(document: Document): Record<string, string> | undefined {
  const value = document['annotations']
  if (value === undefined || value === null) return undefined
  if (!isObject(value) || !Object.values(value).every((one) => typeof one === 'string')) {
    throw invalid('its annotations are not a map of strings')
  }
  return value as Record<string, string>
}

function optionalText(document: Document, key: string): string | undefined {
  const value = document[key]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') throw invalid(`its ${key} is not a string`)
  return value
}

function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const hint = 'Build the manifest again with a tool that follows the OCI image specification.'

function invalid(why: string): ChartroomError {
  return new ChartroomError('MANIFEST_INVALID', `the manifest is not valid: ${why}`, { hint })
}
