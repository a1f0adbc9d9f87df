import type { LintedChart } from '@chartroom/check'
import { githubReport } from '@chartroom/check'
import { lintCharts } from '@chartroom/verbs'
import type { Action } from './action.ts'
import type { LoadedChart } from './loaded-chart.ts'

/** Lints charts, and says what is found at the files and lines where it is. */
export async function lintWithAnnotations(
  { environment, journal }: Action,
  paths: readonly string[],
  loaded: ReadonlyMap<string, LoadedChart> = new Map(),
): Promise<LintedChart[]> {
  const folders = [...loaded].filter(([, { folder }]) => folder !== undefined)
  const linted = await lintCharts(
    {
      paths,
      values: new Map(),
      namespace: 'default',
      loaded: new Map(folders.map(([path, { chart }]) => [path, chart])),
    },
    environment.cwd,
  )
  journal.commands(githubReport(linted))
  return linted
}
