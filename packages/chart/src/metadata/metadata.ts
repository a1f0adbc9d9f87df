import type { YamlValue } from '@chartroom/go'

/** Who looks after a chart. Lint wants a name, loading does not. */
export interface Maintainer {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly url?: string | undefined
}

/** A chart that another needs, as declared, or as locked with one exact version. */
export interface Dependency {
  readonly name: string
  /** A version or range. */
  readonly version?: string | undefined
  /** Where it comes from; empty for a chart that lies in `charts/`. */
  readonly repository: string
  readonly condition?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
  readonly 'import-values'?: readonly YamlValue[] | undefined
  readonly alias?: string | undefined
}

/**
 * The content of Chart.yaml under its own key names, sanitised and valid as Helm wants it. As in Helm's
 * JSON a field that is empty is not there, so that the object can be formatted as it is.
 */
export interface Metadata {
  readonly name: string
  readonly home?: string | undefined
  readonly sources?: readonly string[] | undefined
  readonly version: string
  readonly description?: string | undefined
  readonly keywords?: readonly string[] | undefined
  readonly maintainers?: readonly Maintainer[] | undefined
  readonly icon?: string | undefined
  /** `v1` where the chart says nothing. */
  readonly apiVersion: string
  readonly condition?: string | undefined
  readonly tags?: string | undefined
  readonly appVersion?: string | undefined
  readonly deprecated?: boolean | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
  readonly kubeVersion?: string | undefined
  readonly dependencies?: readonly Dependency[] | undefined
  readonly type?: string | undefined
}

/** The content of Chart.lock or requirements.lock. */
export interface Lock {
  /** RFC 3339 in its own zone. */
  readonly generated: string
  readonly digest: string
  /** Null where the file has no such list. */
  readonly dependencies: readonly Dependency[] | null
}
