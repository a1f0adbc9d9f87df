import type { Packed } from '../package/packed.ts'
import type { Action, DestinationKind, DestinationResult, Visibility } from '../result.ts'

/** What a destination would do with one chart. */
export interface PlannedChart {
  readonly packed: Packed
  readonly reference: string
  readonly action: Action
  readonly manifestDigest?: string | undefined
}

/** Who can read a chart, as a request without a login shows. */
export interface Shown {
  readonly visibility: Visibility
  /** The page on which an owner changes it. */
  readonly visibilityPage?: string | undefined
}

/**
 * A place charts are published to. The verb calls plan, stage for every chart, commit and verify, in
 * this order and for all destinations in step: no destination commits before all have staged.
 */
export interface Destination {
  readonly to: string
  readonly kind: DestinationKind
  /** Where a chart is once it is published. */
  reference(packed: Packed): string
  /** Reads only. A conflict is an action here, not an error. */
  plan(charts: readonly Packed[]): Promise<PlannedChart[]>
  /** Uploads all that the chart needs, without anything a reader could find by name. */
  stage(planned: PlannedChart): Promise<void>
  /** Moves tags or the index for all staged charts. */
  commit(planned: readonly PlannedChart[]): Promise<void>
  /** Reads back what a reader would get, and throws `DIGEST_MISMATCH` when it is not what was sent. */
  verify(planned: PlannedChart): Promise<void>
  /** Who can read the chart now; undefined where that is no question, or has no answer. */
  show?(planned: PlannedChart): Promise<Shown | undefined>
  /** Forgets what was staged, where that leaves files behind. */
  abandon?(): Promise<void>
  /** Called at the end of every run, also of one that only planned. */
  close?(): Promise<void>
}

export function destinationResult(
  destination: Destination,
  planned: PlannedChart,
  outcome: Pick<DestinationResult, 'status' | 'error' | 'visibility' | 'visibilityPage'>,
): DestinationResult {
  return {
    to: destination.to,
    kind: destination.kind,
    reference: planned.reference,
    action: planned.action,
    ...outcome,
    manifestDigest: planned.manifestDigest,
  }
}
