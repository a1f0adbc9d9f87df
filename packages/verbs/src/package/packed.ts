import type { Chart } from '@chartroom/chart'
import type { Digest } from '@chartroom/oci'

/** A chart as it is published: its archive, and the provenance that lies beside it. */
export interface Packed {
  readonly chart: Chart
  readonly archive: Uint8Array
  /** Of the archive, by SHA-256. */
  readonly digest: Digest
  /** The time of the archive's newest file. */
  readonly created: Date
  readonly provenance?: Uint8Array | undefined
  /** The chart's folder, where it was packed from one. */
  readonly folder?: string | undefined
  /** The archive's file, where it came from one. */
  readonly path?: string | undefined
}
