import { chartMediaTypes } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { Descriptor, ReadTarget } from '@chartroom/oci'
import { fetchManifest, mediaTypes, parseManifest } from '@chartroom/oci'
import { limits } from '../limits.ts'

/** The parts of a chart's manifest, by media type, whatever their order. */
export interface ChartManifest {
  readonly descriptor: Descriptor
  readonly config: Descriptor
  readonly content: Descriptor
  readonly provenance?: Descriptor | undefined
  readonly annotations: Readonly<Record<string, string>>
}

/**
 * Reads the manifest behind a tag or digest as a chart. An index is read through to its first chart.
 * Throws `MANIFEST_INVALID` for an artifact that is no chart, naming what it is instead.
 */
export async function readChartManifest(target: ReadTarget, reference: string): Promise<ChartManifest> {
  return chartManifest(target, reference, 0)
}

async function chartManifest(target: ReadTarget, reference: string, depth: number): Promise<ChartManifest> {
  const { descriptor, bytes } = await fetchManifest(target, reference)
  const manifest = parseManifest(bytes, descriptor.mediaType)
  if ('manifests' in manifest) {
    const child = manifest.manifests.find(({ mediaType }) => mediaType === mediaTypes.ociManifest)
    if (child !== undefined && depth < limits.indexDepth)
      return chartManifest(target, child.digest, depth + 1)
    throw notAChart(descriptor, 'an index without a chart')
  }
  const { config, layers } = manifest
  const content = layers.find(({ mediaType }) => contentTypes.includes(mediaType))
  if (config.mediaType !== chartMediaTypes.config || content === undefined) {
    throw notAChart(descriptor, `an artifact of type ${manifest.artifactType ?? config.mediaType}`)
  }
  return {
    descriptor,
    config,
    content,
    provenance: layers.find(({ mediaType }) => mediaType === chartMediaTypes.provenance),
    annotations: manifest.annotations ?? {},
  }
}

const contentTypes: readonly string[] = [chartMediaTypes.content, chartMediaTypes.legacyContent]

function notAChart(descriptor: Descriptor, what: string): ChartroomError {
  return new ChartroomError('MANIFEST_INVALID', `${descriptor.digest} is ${what}, not a Helm chart`, {
    hint: 'Check the repository path: images and charts often live side by side under different names.',
  })
}
