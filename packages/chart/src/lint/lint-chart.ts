import type { Chart } from '../chart.ts'
import { lintChartFile } from './chart-file.ts'
import type { Finding } from './finding.ts'
import { lintValues } from './values-file.ts'

/**
 * What `helm lint` says about Chart.yaml and values.yaml, in its words and order. Only the files matter, so a
 * chart that cannot be loaded can be linted too. A hostile values.schema.json may keep a `pattern` busy for
 * very long: lint charts of strangers in a worker with a deadline.
 */
export function lintChart(chart: Pick<Chart, 'files'>): Finding[] {
  return [...lintChartFile(chart.files), ...lintValues(chart.files)]
}
