import { ChartroomError } from '@chartroom/errors'
import type { KubernetesObject } from '../object.ts'
import type { OciPlace, Revision } from '../place.ts'
import { tagOf } from '../place.ts'
import { accessPart } from './provider.ts'
import type { SourceParts } from './source-parts.ts'

/** The media type of the layer that is a chart's archive. */
const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'

/** The OCIRepository that fetches a chart's archive as it is. Throws `USAGE`. */
export function ociRepository(place: OciPlace, revision: Revision, parts: SourceParts): KubernetesObject {
  return {
    apiVersion: parts.apiVersion,
    kind: 'OCIRepository',
    metadata: parts.metadata,
    spec: {
      interval: parts.interval,
      url: `oci://${place.host}/${place.repository}`,
      ref: refOf(revision),
      layerSelector: { mediaType: chartLayer, operation: 'copy' },
      ...accessPart(place, parts),
    },
  }
}

/** Flux takes a digest before a range before a tag: beside a digest, the tag is for the reader. */
function refOf({ version, digest, range }: Revision): Readonly<Record<string, string>> {
  if (range !== undefined) return { semver: range }
  const tag = version === undefined ? {} : { tag: tagOf(version) }
  if (digest !== undefined) return { ...tag, digest }
  if (version !== undefined) return tag
  throw new ChartroomError('USAGE', 'no version was given', { hint: 'Give --version, --range or --digest.' })
}
