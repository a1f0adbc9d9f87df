import { ChartroomError, hasCode } from '@chartroom/errors'
import type { ChangedChart } from '@chartroom/verbs'
import { changedCharts, findWorkTree, mergeBase } from '@chartroom/verbs'
import type { Action } from './action.ts'
import type { CheckedChart } from './checked-chart.ts'
import { compareRendered } from './compare-rendered.ts'

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
  const folders = readable.filter(({ loaded }) => loaded?.folder !== undefined).map(({ path }) => path)
  // Without any named, charts that were deleted are found too; one that cannot be read would end it.
  const named = inputs.charts.length === 0 && readable.length === charts.length ? [] : folders
  if (named.length === 0 && readable.length < charts.length) return [...charts]
  // Without a checkout at all, a deeper one would not help.
  const tree = await findWorkTree(environment)
  const changes = await withHint(() => changedCharts({ since: base, charts: named, ...environment }), base)
  const commit = await mergeBase(tree, base)
  const compared: CheckedChart[] = []
  for (const chart of charts) {
    const change = changes.find((one) => one.chart === chart.path)
    compared.push(
      change === undefined
        ? chart
        : {
            ...chart,
            change,
            ...(await compareRendered(action, { chart, change, commit, linkRoot: tree.root })),
          },
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
