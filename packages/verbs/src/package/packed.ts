import type { Chart } from '@chartroom/chart'

/** A chart as it is published: its archive, and the provenance that lies beside it. */
export interface Packed {
  readonly chart: Chart
  readonly archive: Uint8Array
  /** `sha256:` and the hex digest of the archive. */
  readonly digest: string
  readonly provenance?: Uint8Array | undefined
  /** The chart's folder, where it was packed from one. */
  readonly folder?: string | undefined
  /** The archive's file, where it came from one. */
  readonly path?: string | undefined
}
