import type { YamlMap } from '@chartroom/go'

/** One chart version of an index (Helm's repo.ChartVersion). */
export interface IndexEntry {
  readonly name: string
  readonly version: string
  /** Absolute, or relative to the index; only the first is used. */
  readonly urls: readonly string[]
  /** RFC 3339, as it stands in the index. */
  readonly created: string | undefined
  /** Bare hex of the archive's sha256. */
  readonly digest: string | undefined
  /** The chart's metadata under Chart.yaml's own keys. */
  readonly metadata: YamlMap
}

/** `index.yaml` of a classic repository. */
export interface Index {
  readonly entries: ReadonlyMap<string, readonly IndexEntry[]>
  readonly generated: string | undefined
  /** Entries that could not be read, by name and reason: reported, never silently dropped. */
  readonly warnings: readonly string[]
}

export function emptyIndex(): Index {
  return { entries: new Map(), generated: undefined, warnings: [] }
}
