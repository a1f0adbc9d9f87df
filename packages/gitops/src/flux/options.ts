import type { Values } from '../object.ts'
import type { ChartPlace, Revision } from '../place.ts'

export type FluxProvider = 'generic' | 'aws' | 'azure' | 'gcp'

/** What Flux's objects for one release are made of. */
export interface FluxOptions {
  readonly place: ChartPlace
  readonly revision: Revision
  readonly values: Values
  /** Of the objects and the release; default: made from the chart's name. */
  readonly name?: string | undefined
  readonly releaseName?: string | undefined
  /** Where the chart is installed. */
  readonly namespace: string
  /** Where the objects and their Secret lie; default `flux-system`. */
  readonly fluxNamespace?: string | undefined
  /** Flux's version; default today's. */
  readonly version?: string | undefined
  /** A HelmRepository for a chart of a registry too; default false. */
  readonly helmRepository?: boolean | undefined
  /** How often Flux looks, a duration such as `10m`. */
  readonly interval?: string | undefined
  /** The Secret with the login. */
  readonly secretName?: string | undefined
  /** Who gives the login; default by the registry's host, where no Secret is named. */
  readonly provider?: FluxProvider | undefined
}
