import type { ReleaseOptions } from '../options.ts'

export type FluxProvider = 'generic' | 'aws' | 'azure' | 'gcp'

/** What Flux's objects for one release are made of. */
export interface FluxOptions extends ReleaseOptions {
  /** Where the objects and their Secret lie; default `flux-system`. */
  readonly fluxNamespace?: string | undefined
  /** A HelmRepository for a chart of a registry too; default false. */
  readonly helmRepository?: boolean | undefined
  /** How often Flux looks, a duration such as `10m`. */
  readonly interval?: string | undefined
  /** The Secret with the login. */
  readonly secretName?: string | undefined
  /** Who gives the login; default by the registry's host, where no Secret is named. */
  readonly provider?: FluxProvider | undefined
}
