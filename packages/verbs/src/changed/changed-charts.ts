import { realpathSync } from 'node:fs'
import type { GitContext } from '../revision/git.ts'
import { findWorkTree, mergeBase } from '../revision/work-tree.ts'
import { findCharts } from './chart-place.ts'
import { ChartView } from './chart-view.ts'
import type { ChangedChart } from './changed-chart.ts'
import { PackagedChanges } from './packaged-changes.ts'
import { treeChanges } from './tree-change.ts'

export interface ChangedRequest extends GitContext {
  /** Branch, tag or commit; what counts is the commit where HEAD parted from it. */
  readonly since: string
  /** Folders and patterns; none stands for the charts of `chartroom.yaml`, else for all in the work tree. */
  readonly charts?: readonly string[] | undefined
}

/**
 * The charts with what has become of them since a revision: committed, staged or only on disk. Throws `USAGE` and
 * `NOT_FOUND` for the revision, `CHART_INVALID` for a Chart.yaml that cannot be read now.
 */
export async function changedCharts(request: ChangedRequest): Promise<ChangedChart[]> {
  const tree = await findWorkTree(request)
  const base = await mergeBase(tree, request.since)
  const changes = await treeChanges(tree, base)
  const places = await findCharts(tree, { named: request.charts ?? [], cwd: request.cwd, changes })
  const packaged = await PackagedChanges.read(tree, changes)
  const view = new ChartView({ tree, base, changes, packaged, cwd: realpathSync(request.cwd) })
  const gone = await view.gone(places.gone)
  const charts: ChangedChart[] = []
  for (const place of places.present) charts.push(await view.present(place, gone))
  const moved = new Set(charts.map(({ oldChart }) => oldChart))
  const deleted = gone
    .filter(({ place }) => places.deleted.includes(place))
    .map((one) => view.deleted(one))
    .filter(({ chart }) => !moved.has(chart))
  return [...charts, ...deleted].sort((a, b) => (a.chart < b.chart ? -1 : 1))
}
