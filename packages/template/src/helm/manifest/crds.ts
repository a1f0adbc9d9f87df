import { bytesString } from '@chartroom/go'
import type { ChartNode } from '../chart-node.ts'

/** A file of `crds/`: installed before everything else, and no template. */
export interface Crd {
  readonly path: string
  readonly content: string
}

/** The CRDs of a chart and then of its subcharts. */
export function crdsOf(node: ChartNode): Crd[] {
  const own = node.files
    .filter(({ name }) => name.startsWith('crds/') && /\.(ya?ml|json)$/i.test(name))
    .map(({ name, data }) => ({ path: `${node.fullPath}/${name}`, content: bytesString(data) }))
  return [...own, ...node.dependencies.flatMap(crdsOf)]
}
