import { ChartroomError } from '@chartroom/errors'
import type { Descriptor } from './descriptor.ts'
import { isDigest } from './digest.ts'
import { limits } from './limits.ts'
import { mediaTypes } from './media-type.ts'

/** OCI image-spec, manifest.md. */
export interface ImageManifest {
  readonly schemaVersion: 2
  readonly mediaType?: string
  readonly artifactType?: string
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

/** OCI image-spec, image-index.md. */
export interface ImageIndex {
  readonly schemaVersion: 2
  readonly mediaType?: string
  readonly artifactType?: string
  readonly manifests: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

export type Manifest = ImageManifest | ImageIndex

/**
 * Reads an image manifest or index. Throws `MANIFEST_INVALID`, also when the manifest names another type than
 * the one it came with, and `LIMIT_EXCEEDED`.
 */
export function parseManifest(bytes: Uint8Array, mediaType: string): Manifest {
  if (bytes.length > limits.manifestBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `a manifest has more than ${limits.manifestBytes} bytes`)
  }
  const value = parseJson(bytes, mediaType)
  if (!isObject(value)) throw invalid(mediaType, 'is no object')
  if (value.mediaType !== undefined && value.mediaType !== mediaType)
    throw invalid(mediaType, `calls itself ${JSON.stringify(value.mediaType)}`)
  // Readers that take one for the other would see different content behind one digest.
  if ('manifests' in value && ('layers' in value || 'config' in value))
    throw invalid(mediaType, 'is an image and an index at once')
  if (value.subject !== undefined) checkDescriptor(value.subject, mediaType)
  if (Array.isArray(value.manifests)) {
    checkDescriptors(value.manifests, mediaType)
    return value as unknown as ImageIndex
  }
  if (Array.isArray(value.layers)) {
    checkDescriptor(value.config, mediaType)
    checkDescriptors(value.layers, mediaType)
    return value as unknown as ImageManifest
  }
  throw invalid(mediaType, 'has neither layers nor manifests')
}

/** What a manifest points at: children first to be copied. */
export function successors(manifest: Manifest): Descriptor[] {
  const children = 'manifests' in manifest ? manifest.manifests : [manifest.config, ...manifest.layers]
  return manifest.subject === undefined ? [...children] : [...children, manifest.subject]
}

/** What a new manifest holds; for an artifact without a config of its own, `config` is the empty object. */
export interface ManifestParts {
  readonly config?: Descriptor | undefined
  readonly layers: readonly Descriptor[]
  readonly artifactType?: string | undefined
  readonly subject?: Descriptor | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

/** The descriptor of `{}`, whose bytes are {@link emptyConfigBytes} (OCI image-spec, Guidance for an Empty Descriptor). */
export const emptyConfig: Descriptor = {
  mediaType: mediaTypes.empty,
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  size: 2,
}

export function emptyConfigBytes(): Uint8Array {
  return new TextEncoder().encode('{}')
}

/** The bytes of an image manifest, always the same for the same parts. */
export function manifestOf({
  config,
  layers,
  artifactType,
  subject,
  annotations,
}: ManifestParts): Uint8Array {
  return encode({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    artifactType,
    config: config ?? emptyConfig,
    layers,
    subject,
    annotations: sorted(annotations),
  })
}

/** The bytes of an image index. */
export function indexOf(manifests: readonly Descriptor[]): Uint8Array {
  return encode({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests })
}

/** The type of an artifact: its own word, or that of its config (OCI image-spec, Guidelines for Artifact Usage). */
function artifactTypeOf(manifest: Manifest): string | undefined {
  return manifest.artifactType ?? ('config' in manifest ? manifest.config.mediaType : undefined)
}

/** How a referrer is listed under its subject. */
export function referrerDescriptor(descriptor: Descriptor, manifest: Manifest): Descriptor {
  const { mediaType, digest, size } = descriptor
  const artifactType = artifactTypeOf(manifest)
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(manifest.annotations === undefined ? {} : { annotations: manifest.annotations }),
  }
}

function encode(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function sorted(
  annotations: Readonly<Record<string, string>> | undefined,
): Record<string, string> | undefined {
  if (annotations === undefined) return undefined
  return Object.fromEntries(Object.entries(annotations).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function parseJson(bytes: Uint8Array, mediaType: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw invalid(mediaType, 'is no JSON', error)
  }
}

function checkDescriptors(values: readonly unknown[], mediaType: string): void {
  if (values.length > limits.descriptors) {
    throw new ChartroomError('LIMIT_EXCEEDED', `a manifest lists more than ${limits.descriptors} descriptors`)
  }
  for (const value of values) checkDescriptor(value, mediaType)
}

function checkDescriptor(value: unknown, mediaType: string): void {
  const valid =
    isObject(value) &&
    typeof value.mediaType === 'string' &&
    typeof value.digest === 'string' &&
    isDigest(value.digest) &&
    Number.isSafeInteger(value.size) &&
    Number(value.size) >= 0
  if (!valid) throw invalid(mediaType, 'has a descriptor without media type, digest or size')
}

function invalid(mediaType: string, why: string, cause?: unknown): ChartroomError {
  return new ChartroomError('MANIFEST_INVALID', `a manifest of type ${mediaType} ${why}`, {
    cause,
    hint: 'Whoever pushed it made it so: ask for a new one.',
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
