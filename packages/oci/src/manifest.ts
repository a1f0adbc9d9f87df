import { ChartroomError } from '@chartroom/errors'
import type { Descriptor } from './descriptor.ts'
import { isDigest } from './reference.ts'

export interface ImageManifest {
  readonly schemaVersion: 2
  readonly mediaType?: string
  readonly artifactType?: string
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

export interface ImageIndex {
  readonly schemaVersion: 2
  readonly mediaType?: string
  readonly artifactType?: string
  readonly manifests: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

export type Manifest = ImageManifest | ImageIndex

/** Reads an image manifest or index. Throws `MANIFEST_INVALID`. */
export function parseManifest(bytes: Uint8Array, mediaType: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw new ChartroomError('MANIFEST_INVALID', `a manifest of type ${mediaType} is no JSON`, {
      cause: error,
    })
  }
  if (isObject(value) && Array.isArray(value.manifests)) {
    value.manifests.forEach(checkDescriptor)
    return value as unknown as ImageIndex
  }
  if (isObject(value) && Array.isArray(value.layers)) {
    checkDescriptor(value.config)
    value.layers.forEach(checkDescriptor)
    return value as unknown as ImageManifest
  }
  throw new ChartroomError(
    'MANIFEST_INVALID',
    `a manifest of type ${mediaType} has neither layers nor manifests`,
  )
}

/** What a manifest points at: children first to be copied. */
export function successors(manifest: Manifest): Descriptor[] {
  const children = 'manifests' in manifest ? manifest.manifests : [manifest.config, ...manifest.layers]
  return manifest.subject === undefined ? [...children] : [...children, manifest.subject]
}

function checkDescriptor(value: unknown): void {
  if (
    isObject(value) &&
    typeof value.mediaType === 'string' &&
    typeof value.digest === 'string' &&
    isDigest(value.digest) &&
    Number.isSafeInteger(value.size) &&
    Number(value.size) >= 0
  ) {
    return
  }
  throw new ChartroomError(
    'MANIFEST_INVALID',
    'a manifest has a descriptor without media type, digest or size',
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
