import { randomBytes } from 'node:crypto'
import type { Descriptor, Target } from '../src/index.ts'
import {
  contentOf,
  digestOf,
  emptyConfig,
  emptyConfigBytes,
  indexOf,
  manifestOf,
  mediaTypes,
} from '../src/index.ts'

export interface Blob {
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
}

export interface Artifact {
  readonly manifest: Blob
  readonly blobs: readonly Blob[]
}

export function blobOf(bytes: Uint8Array, mediaType = 'application/x'): Blob {
  return { descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length }, bytes }
}

/** An artifact of one layer; with a subject it is a referrer. */
export function artifact(
  layer: string | Uint8Array,
  about: { subject?: Descriptor; artifactType?: string } = {},
): Artifact {
  const blob = blobOf(typeof layer === 'string' ? new TextEncoder().encode(layer) : layer)
  const bytes = manifestOf({ layers: [blob.descriptor], ...about })
  const config = { descriptor: emptyConfig, bytes: emptyConfigBytes() }
  return { manifest: blobOf(bytes, mediaTypes.ociManifest), blobs: [config, blob] }
}

export function indexBlob(...artifacts: Artifact[]): Blob {
  return blobOf(indexOf(artifacts.map(({ manifest }) => manifest.descriptor)), mediaTypes.ociIndex)
}

export async function pushArtifact(
  target: Target,
  { manifest, blobs }: Artifact,
  tag?: string,
): Promise<void> {
  for (const { descriptor, bytes } of blobs) await target.push(descriptor, contentOf(bytes))
  await target.push(manifest.descriptor, contentOf(manifest.bytes))
  if (tag !== undefined) await target.tag(manifest.descriptor, tag)
}

export function noise(size: number): Uint8Array {
  return new Uint8Array(randomBytes(size))
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
