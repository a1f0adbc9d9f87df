import type { ChartFile } from './file.ts'
import type { Lock, Metadata } from './metadata/metadata.ts'

/** A chart once read. It is never changed; `withVersion` gives another. */
export interface Chart {
  readonly metadata: Metadata
  /**
   * Every file as it was read, names relative to the chart: Chart.yaml with its comments, and what lies in
   * `charts/` too. What an archive of the chart holds is `packagedFiles`.
   */
  readonly files: readonly ChartFile[]
  readonly lock?: Lock | undefined
  /** The charts in `charts/`, folders and archives, by the name they have there. */
  readonly dependencies: readonly Chart[]
}
