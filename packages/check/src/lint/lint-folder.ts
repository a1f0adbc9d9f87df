import type { Chart } from '@chartroom/chart'
import type { ChartroomError } from '@chartroom/errors'
import { chartFault } from '../chart-fault.ts'
import type { Finding } from '../finding.ts'
import { lintChartFile } from './chart-file.ts'
import { lintCrds } from './crds.ts'
import { lintDependencies } from './dependencies.ts'
import type { LintOptions } from './lint-options.ts'
import type { LintedFolder } from './linted-folder.ts'
import { lintTemplates } from './templates.ts'
import { lintValues } from './values-file.ts'

/** A chart, or why there is none. */
export type Loading = { readonly chart: Chart } | { readonly failure: ChartroomError }

/**
 * What `helm lint` of Helm 4.2.4 says about a chart folder, in its words and order. A chart that cannot be
 * loaded is linted as far as that goes; nothing is thrown for what is wrong with a chart.
 */
export async function lintFolder(folder: LintedFolder, options: LintOptions): Promise<Finding[]> {
  const loading = load(folder)
  return [
    ...lintChartFile(folder),
    ...(await lintValues(folder, options)),
    ...(await lintTemplates(folder, loading, options)),
    ...lintDependencies(folder, loading),
    ...lintCrds(folder, loading),
  ]
}

function load(folder: LintedFolder): Loading {
  try {
    return { chart: folder.load() }
  } catch (error) {
    return { failure: chartFault(error) }
  }
}
