/** One dependency as it is in `charts/` after a run. */
export interface FetchedDependency {
  readonly name: string
  /** As in the lock: a range for a chart that lies in `charts/`. */
  readonly version: string
  readonly repository: string
  readonly alias?: string | undefined
  /** Of the archive, or of the folder of a chart that lies in `charts/`. */
  readonly path: string
  /** `sha256:` of the archive. */
  readonly digest?: string | undefined
  readonly manifestDigest?: string | undefined
  readonly fromCache?: boolean | undefined
}

/** What a run did to a chart. */
export interface DependencyReport {
  readonly dependencies: readonly FetchedDependency[]
  /** Archives that were deleted from `charts/`. */
  readonly removed: readonly string[]
  /** Files of the chart that were written: the lock and Chart.digests.yaml. */
  readonly written: readonly string[]
}
