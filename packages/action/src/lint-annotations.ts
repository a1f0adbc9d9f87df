import type { LintedChart } from '@chartroom/check'
import { githubReport } from '@chartroom/check'
import { lintCharts } from '@chartroom/verbs'
import type { Action } from './action.ts'

/** Lints charts, and says what is found at the files and lines where it is. */
export async function lintWithAnnotations(
  { environment, journal }: Action,
  paths: readonly string[],
): Promise<LintedChart[]> {
  const linted = await lintCharts({ paths, values: new Map(), namespace: 'default' }, environment.cwd)
  journal.commands(githubReport(linted))
  return linted
}
