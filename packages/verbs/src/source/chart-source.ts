/** One version of a chart, found and pinned, not yet fetched. */
export interface ResolvedChart {
  readonly name: string
  readonly version: string
  /** As a person would write it: `oci://HOST/PATH/NAME:TAG`, `REPO/NAME`. */
  readonly reference: string
  readonly manifestDigest?: string | undefined
  /** Verified bytes of the archive. */
  archive(signal?: AbortSignal): Promise<FetchedArchive>
  /** Bytes of the provenance file, or undefined when there is none. */
  provenance(): Promise<Uint8Array | undefined>
}

export interface FetchedArchive {
  readonly bytes: Uint8Array
  readonly fromCache: boolean
}

/** One version as a list shows it; `digest` is the archive's, `created` an RFC 3339 time. */
export interface ListedVersion {
  readonly version: string
  readonly appVersion?: string | undefined
  readonly description?: string | undefined
  readonly digest?: string | undefined
  readonly manifestDigest?: string | undefined
  readonly created?: string | undefined
}

/** Where the versions of one chart are read from. */
export interface ChartSource {
  readonly name: string
  /** Newest first, by semantic version. */
  versions(): Promise<ListedVersion[]>
  /**
   * `range` is a version or a constraint; without one the newest stable version is taken.
   * Throws `VERSION_NOT_FOUND` naming the nearest versions there are.
   */
  resolve(range?: string): Promise<ResolvedChart>
}
