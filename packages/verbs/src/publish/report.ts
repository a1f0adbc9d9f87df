import { ChartroomError } from '@chartroom/errors'
import { chartResult } from '../package/package.ts'
import type { Packed } from '../package/packed.ts'
import type { ChartResult, DestinationResult } from '../result.ts'
import type { PlannedChart } from './destination.ts'
import { destinationResult } from './destination.ts'
import type { DestinationRun } from './run.ts'

export function report(charts: readonly Packed[], runs: readonly DestinationRun[]): ChartResult[] {
  const anyFailed = runs.some((run) => run.failed())
  return charts.map((packed) => ({
    ...chartResult(packed),
    destinations: runs.map((run) => resultOf(run, packed, anyFailed)),
  }))
}

function resultOf(run: DestinationRun, packed: Packed, anyFailed: boolean): DestinationResult {
  const planned = run.planned.find((one) => one.packed === packed) ?? unplanned(run, packed)
  const error = run.errorOf(packed)
  return destinationResult(run.destination, planned, {
    status: run.statusOf(planned, anyFailed),
    ...run.shown.get(packed),
    error: error === undefined ? undefined : { code: error.code, message: error.message, hint: error.hint },
  })
}

// A destination that could not be read has no plan: it is reported as what it was asked to do.
function unplanned({ destination }: DestinationRun, packed: Packed): PlannedChart {
  return { packed, reference: destination.reference(packed), action: 'create' }
}

/**
 * The one error that the results amount to, or undefined when all is well: the first failure's own when
 * nothing was done at all, else `PARTIAL`.
 */
export function publishError(results: readonly ChartResult[]): ChartroomError | undefined {
  const all = results.flatMap(({ destinations }) => destinations ?? [])
  const failures = all.filter(({ status }) => status === 'failed')
  const first = failures[0]?.error
  if (first === undefined) return undefined
  const somethingDone = all.some(({ status, action }) => status === 'done' && action !== 'unchanged')
  if (!somethingDone && failures.length === 1)
    return new ChartroomError(first.code, first.message, { hint: first.hint })
  if (!somethingDone) {
    const message = `${failures.length} of ${all.length} could not be published, and nothing was`
    return new ChartroomError(first.code, message, { hint: first.hint })
  }
  return new ChartroomError('PARTIAL', `${failures.length} of ${all.length} could not be published`, {
    hint: 'Run the same command again once the failures above are mended: it completes what is missing.',
  })
}
