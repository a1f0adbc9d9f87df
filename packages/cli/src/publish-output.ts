import type { ChartResult, DestinationResult } from '@chartroom/verbs'
import { publishError } from '@chartroom/verbs'
import type { Invocation } from './invocation.ts'
import { print } from './output.ts'

/** Prints what `push` and `publish` did, then throws what it amounts to when something failed. */
export async function printPublished(invocation: Invocation, charts: readonly ChartResult[]): Promise<void> {
  await print(invocation, { charts }, () => ({
    head: ['CHART', 'VERSION', 'RESULT', 'REFERENCE', 'DIGEST'],
    rows: charts.flatMap(({ name, version, digest, destinations }) =>
      (destinations ?? []).map((one) => [
        name,
        version,
        outcome(one),
        one.reference,
        one.manifestDigest ?? digest,
      ]),
    ),
  }))
  explainFailures(invocation, charts)
  const error = publishError(charts)
  if (error !== undefined) throw error
}

// The single error thrown at the end repeats a lone failure: only several are listed.
function explainFailures({ io, flags }: Invocation, charts: readonly ChartResult[]): void {
  if ((flags.text('output') ?? 'table') !== 'table') return
  const failures = charts
    .flatMap(({ destinations }) => destinations ?? [])
    .filter(({ error }) => error !== undefined)
  if (failures.length < 2) return
  for (const { reference, error } of failures) io.err(`${reference}: ${error?.message} (${error?.code})\n`)
}

function outcome({ action, status }: DestinationResult): string {
  if (status === 'failed') return action === 'conflict' ? 'conflict' : 'failed'
  if (status === 'skipped') return 'skipped'
  if (status === 'planned') return action === 'unchanged' ? 'unchanged' : `would ${action}`
  return { create: 'created', replace: 'replaced', unchanged: 'unchanged', conflict: 'conflict' }[action]
}
