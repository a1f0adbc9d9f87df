import { chartMediaTypes, configJson, manifestAnnotations } from '@chartroom/chart'
import { formatJson, GoStruct } from '@chartroom/go'
import type { Descriptor } from '@chartroom/oci'
import { digestOf, mediaTypes } from '@chartroom/oci'
import type { Packed } from '../package/packed.ts'

export interface Blob {
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
}

/** A chart as OCI content: what Helm 4 makes of the same archive, byte for byte. */
export interface Artifact {
  readonly manifest: Blob
  readonly config: Blob
  /** In manifest order: by digest. */
  readonly layers: readonly Blob[]
}

/** `extra` annotations are added where the chart itself has none of the name: the digest is another one then. */
export function artifactOf(packed: Packed, extra: Readonly<Record<string, string>> = {}): Artifact {
  const config = blob(chartMediaTypes.config, configJson(packed.chart.metadata))
  const layers = [archiveLayer(packed)]
  if (packed.provenance !== undefined) layers.push(blob(chartMediaTypes.provenance, packed.provenance))
  layers.sort((a, b) => (a.descriptor.digest < b.descriptor.digest ? -1 : 1))
  const manifest = formatJson(
    new GoStruct([
      ['schemaVersion', 2],
      ['config', descriptorStruct(config.descriptor)],
      ['layers', layers.map(({ descriptor }) => descriptorStruct(descriptor))],
      ['annotations', { ...extra, ...manifestAnnotations(packed.chart.metadata, packed.created) }],
    ]),
  )
  // Helm's manifest has no mediaType of its own: the type travels as Content-Type only.
  return { manifest: blob(mediaTypes.ociManifest, new TextEncoder().encode(manifest)), config, layers }
}

// Its digest is known: an archive is the largest part of a chart.
function archiveLayer({ archive, digest }: Packed): Blob {
  return { descriptor: { mediaType: chartMediaTypes.content, digest, size: archive.length }, bytes: archive }
}

function blob(mediaType: string, bytes: Uint8Array): Blob {
  return { descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length }, bytes }
}

function descriptorStruct({ mediaType, digest, size }: Descriptor): GoStruct {
  return new GoStruct([
    ['mediaType', mediaType],
    ['digest', digest],
    ['size', size],
  ])
}
