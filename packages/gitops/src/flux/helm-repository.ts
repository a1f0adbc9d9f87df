import type { KubernetesObject } from '../object.ts'
import type { ChartPlace } from '../place.ts'
import { parentPath } from '../place.ts'
import { accessPart } from './provider.ts'
import type { SourceParts } from './source-parts.ts'

/**
 * The HelmRepository with a chart: an address that Flux fetches an index from, or of type `oci` a registry's path,
 * which it asks for charts when a HelmRelease wants one.
 */
export function helmRepository(place: ChartPlace, parts: SourceParts): KubernetesObject {
  const { apiVersion, metadata, interval, secretName } = parts
  const spec =
    place.kind === 'classic'
      ? { interval, url: place.url, ...(secretName === undefined ? {} : { secretRef: { name: secretName } }) }
      : { type: 'oci', interval, url: `oci://${parentPath(place)}`, ...accessPart(place, parts) }
  return { apiVersion, kind: 'HelmRepository', metadata, spec }
}
