import { asChartroomError, hasCode } from '@chartroom/errors'
import type { ChangedChart, TestedComparison, TestedSide } from '@chartroom/verbs'
import {
  compareTested,
  connect,
  differenceCounts,
  formatDifferences,
  loadTestedRevision,
  testValues,
} from '@chartroom/verbs'
import type { Action } from './action.ts'
import type { CheckedChart, ValuesComparison } from './checked-chart.ts'
import { connectionOf } from './connection.ts'
import { limits } from './limits.ts'

export interface Rendering {
  readonly chart: CheckedChart
  readonly change: ChangedChart
  /** Where HEAD parted from the base. */
  readonly commit: string
  /** The uppermost folder of the repository. */
  readonly linkRoot: string
}

const [old, fresh] = ['the old chart', 'the new chart']

/** What has become of the objects of a chart: with its defaults, and with each `ci/*-values.yaml`. */
export async function compareRendered(
  action: Action,
  rendering: Rendering,
): Promise<Pick<CheckedChart, 'comparisons'>> {
  const { chart, change } = rendering
  if (!change.changed || chart.loaded === undefined) return {}
  const compared = await compare(action, rendering)
  const room = Math.floor((limits.summaryBytes >> 2) / compared.length)
  return { comparisons: compared.map((one) => written(one, room)) }
}

async function compare(action: Action, rendering: Rendering): Promise<TestedComparison[]> {
  const sides: [TestedSide | undefined, TestedSide | undefined] = [undefined, undefined]
  const failures: string[] = []
  for (const [index, load] of [loadOld, loadNew].entries()) {
    try {
      sides[index] = await load(action, rendering)
    } catch (error) {
      if (hasCode(error, 'ABORTED', 'INTERNAL')) throw error
      failures.push(`${index === 0 ? old : fresh}: ${asChartroomError(error).message}`)
    }
  }
  return failures.length > 0 ? [{ failures }] : compareTested(...sides)
}

/** With what its lock file names, where the revision has not got it in `charts/`. */
async function loadOld(action: Action, { change, commit }: Rendering): Promise<TestedSide | undefined> {
  if (change.change === 'added') return undefined
  const { environment } = action
  const connections = connect(environment, connectionOf(action))
  const revision = { ref: commit, path: change.oldChart ?? change.chart }
  return { label: old, ...(await loadTestedRevision(revision, { ...environment, connections })) }
}

async function loadNew(_: Action, { chart, linkRoot }: Rendering): Promise<TestedSide | undefined> {
  const { loaded } = chart
  return loaded && { label: fresh, chart: loaded.chart, tests: testValues({ ...loaded, linkRoot }) }
}

function written({ differences, ...comparison }: TestedComparison, maxBytes: number): ValuesComparison {
  if (differences === undefined) return comparison
  const text = formatDifferences(differences, { format: 'markdown', maxBytes })
  return { ...comparison, counts: differenceCounts(differences), differences: text }
}
