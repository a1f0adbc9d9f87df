import type { ChartroomError } from '@chartroom/errors'
import { printableLine } from '@chartroom/errors'
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
  const error = publishError(charts)
  explainFailures(invocation, charts, error)
  nameStore(invocation, charts)
  sayWhoCanRead(invocation, charts)
  if (error !== undefined) throw error
}

// The error thrown at the end may be the one failure itself, which then is not said twice.
function explainFailures(
  { io, flags }: Invocation,
  charts: readonly ChartResult[],
  thrown: ChartroomError | undefined,
): void {
  if ((flags.text('output') ?? 'table') !== 'table') return
  const failures = charts
    .flatMap(({ destinations }) => destinations ?? [])
    .filter(({ error }) => error !== undefined)
  if (failures.length === 1 && failures[0]?.error?.message === thrown?.message) return
  for (const { reference, error } of failures)
    io.err(`${printableLine(`${reference}: ${error?.message}`)} (${error?.code})\n`)
}

// Its references have no host: where it is, and how one reads from it, stands nowhere else.
function nameStore({ io, flags }: Invocation, charts: readonly ChartResult[]): void {
  if ((flags.text('output') ?? 'table') !== 'table') return
  const store = charts
    .flatMap(({ destinations }) => destinations ?? [])
    .find(({ kind, status }) => kind === 'store' && status === 'done')
  if (store !== undefined) io.err(`The local store is ${store.to}: chartroom serve serves it.\n`)
}

// Once for each destination and answer: a hundred charts need no hundred lines.
function sayWhoCanRead({ io }: Invocation, charts: readonly ChartResult[]): void {
  const shown = charts
    .flatMap(({ destinations }) => destinations ?? [])
    .filter((one) => one.visibility !== undefined)
  for (const to of new Set(shown.map((one) => one.to))) {
    for (const visibility of ['public', 'private'] as const) {
      const alike = shown.filter((one) => one.to === to && one.visibility === visibility)
      const [first] = alike
      if (first === undefined) continue
      const what = alike.length === 1 ? first.reference : `${alike.length} charts in ${to}`
      const page =
        first.visibilityPage === undefined ? '' : `; an owner changes that at ${first.visibilityPage}`
      const who =
        visibility === 'public' ? 'public: no login is needed to read' : 'private: readers need a login'
      io.err(`${printableLine(`${what} ${alike.length === 1 ? 'is' : 'are'} ${who}${page}`)}\n`)
    }
  }
}

function outcome({ action, status }: DestinationResult): string {
  if (status === 'failed') return action === 'conflict' ? 'conflict' : 'failed'
  if (status === 'skipped') return 'skipped'
  if (status === 'planned') return action === 'unchanged' ? 'unchanged' : `would ${action}`
  return { create: 'created', replace: 'replaced', unchanged: 'unchanged', conflict: 'conflict' }[action]
}
