import type { Packed } from '../package/packed.ts'
import type { ChartResult } from '../result.ts'
import { commit } from './commit.ts'
import type { Destination } from './destination.ts'
import { plan } from './plan.ts'
import { report } from './report.ts'
import { stage } from './stage.ts'
import { verify } from './verify.ts'

export interface PublishOptions {
  /** Stop after the plan: nothing is uploaded. */
  readonly planOnly?: boolean | undefined
  readonly onPhase?: ((phase: Phase) => void) | undefined
}

export type Phase = 'plan' | 'stage' | 'commit' | 'verify'

/**
 * Takes charts to all destinations: plan, stage everywhere, commit, verify. A conflict or a failed
 * upload stops the run before any tag or index has moved; a run that was cut short is completed by
 * the next one. Failures are in the results (see {@link publishError}), never thrown.
 */
export async function publish(
  charts: readonly Packed[],
  destinations: readonly Destination[],
  options: PublishOptions = {},
): Promise<ChartResult[]> {
  try {
    return await publishOpen(charts, destinations, options)
  } finally {
    await Promise.all(destinations.map(async (destination) => destination.close?.()))
  }
}

async function publishOpen(
  charts: readonly Packed[],
  destinations: readonly Destination[],
  options: PublishOptions,
): Promise<ChartResult[]> {
  options.onPhase?.('plan')
  const runs = await plan(charts, destinations)
  if (options.planOnly === true || runs.some((run) => run.failed())) return report(charts, runs)
  options.onPhase?.('stage')
  await stage(runs)
  if (runs.some((run) => run.failed())) return report(charts, runs)
  options.onPhase?.('commit')
  await commit(runs)
  options.onPhase?.('verify')
  await verify(runs)
  return report(charts, runs)
}
