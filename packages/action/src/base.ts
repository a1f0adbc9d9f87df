import { resolve } from 'node:path'
import { loadPath } from '@chartroom/chart/node'
import { asChartroomError, ChartroomError, hasCode } from '@chartroom/errors'
import type { ChangedChart, ComparedChart } from '@chartroom/verbs'
import {
  changedCharts,
  compareCharts,
  connect,
  differenceCounts,
  findWorkTree,
  formatDifferences,
  loadRevision,
  mergeBase,
} from '@chartroom/verbs'
import type { Action } from './action.ts'
import type { CheckedChart } from './checked-chart.ts'
import { connectionOf } from './connection.ts'
import { limits } from './limits.ts'
import { escaped } from './markdown.ts'

/** The git ref to compare with: of the input, else the branch that a pull request goes to. */
export function baseOf({ inputs, run }: Action): string | undefined {
  // A checkout has the branches of its remote alone.
  return inputs.base ?? (run.baseRef === undefined ? undefined : `origin/${run.baseRef}`)
}

/** The charts with what has become of them since the base. */
export async function compareWith(
  action: Action,
  base: string,
  charts: readonly CheckedChart[],
): Promise<CheckedChart[]> {
  const { environment, inputs } = action
  const readable = charts.filter(({ name }) => name !== undefined)
  const folders = readable.filter(({ isFolder }) => isFolder !== false).map(({ path }) => path)
  // Without any named, charts that were deleted are found too; one that cannot be read would end it.
  const named = inputs.charts.length === 0 && readable.length === charts.length ? [] : folders
  if (named.length === 0 && readable.length < charts.length) return [...charts]
  const changes = await withHint(() => changedCharts({ since: base, charts: named, ...environment }), base)
  const commit = await mergeBase(await findWorkTree(environment), base)
  const compared: CheckedChart[] = []
  for (const chart of charts) {
    const change = changes.find((one) => one.chart === chart.path)
    compared.push(
      change === undefined
        ? chart
        : { ...chart, change, ...(await rendered(action, { chart, change, commit })) },
    )
  }
  sayVersions(action, changes)
  const known = new Set(charts.map(({ path }) => path))
  const gone = changes.filter(({ chart, change }) => change === 'deleted' && !known.has(chart))
  return [
    ...compared,
    ...gone.map((change) => ({ path: change.chart, name: change.name, errors: 0, warnings: 0, change })),
  ]
}

interface Comparison {
  readonly chart: CheckedChart
  readonly change: ChangedChart
  /** Where HEAD parted from the base. */
  readonly commit: string
}

/** A chart that cannot be rendered is not compared: values may be required, and lint has its own word on it. */
async function rendered(
  action: Action,
  { chart, change, commit }: Comparison,
): Promise<Pick<CheckedChart, 'counts' | 'differences'>> {
  if (!change.changed || chart.name === undefined) return {}
  const { environment } = action
  try {
    const before = change.change === 'added' ? undefined : await chartBefore(action, change, commit)
    const after = await compared(
      'the new chart',
      async () => (await loadPath(resolve(environment.cwd, chart.path))).chart,
    )
    const differences = await compareCharts(before, after)
    const maxBytes = limits.summaryBytes >> 2
    return {
      counts: differenceCounts(differences),
      differences: formatDifferences(differences, { format: 'markdown', maxBytes }),
    }
  } catch (error) {
    if (hasCode(error, 'ABORTED', 'INTERNAL')) throw error
    return { differences: `Its objects cannot be compared: ${escaped(asChartroomError(error).message)}` }
  }
}

/** With what its lock file names, where the revision has not got it in `charts/`. */
function chartBefore(
  action: Action,
  { chart, oldChart }: ChangedChart,
  commit: string,
): Promise<ComparedChart> {
  const { environment } = action
  const connections = connect(environment, connectionOf(action))
  return compared('the old chart', () =>
    loadRevision({ ref: commit, path: oldChart ?? chart }, { ...environment, connections }),
  )
}

async function compared(label: string, load: () => Promise<ComparedChart['chart']>): Promise<ComparedChart> {
  return { label, chart: await load(), values: new Map() }
}

function sayVersions({ journal }: Action, changes: readonly ChangedChart[]): void {
  for (const { chart, name, change, changed, bumped, oldVersion, version, nextVersion, files } of changes) {
    journal.text(`${change}: ${name} ${oldVersion ?? ''} -> ${version ?? ''}`)
    if (!changed || bumped || change === 'deleted') continue
    const file = chart === '.' ? 'Chart.yaml' : `${chart}/Chart.yaml`
    const why = files.length === 0 ? '' : ` ${files.slice(0, 3).join(', ')} changed.`
    const message = `The chart has changed, and its version ${version ?? ''} is not higher than ${oldVersion ?? ''}: set ${nextVersion ?? 'a higher one'}.${why}`
    journal.annotate('error', message, { file, title: 'version' })
  }
}

async function withHint<T>(work: () => Promise<T>, base: string): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!hasCode(error, 'NOT_FOUND')) throw error
    throw new ChartroomError('NOT_FOUND', `cannot compare with ${base}: ${error.message}`, {
      op: 'check',
      cause: error,
      hint: 'Give actions/checkout fetch-depth: 0, so that it fetches the history and the other branches too.',
    })
  }
}
