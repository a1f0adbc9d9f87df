import type { ListedChart } from '@chartroom/verbs'
import type { Table } from './output.ts'

export function chartTable(charts: readonly ListedChart[]): Table | string {
  if (charts.length === 0) return 'No charts found'
  return {
    head: ['CHART', 'VERSION', 'APP VERSION', 'VERSIONS', 'DESCRIPTION'],
    rows: charts.map(({ reference, version, appVersion, versions, description }) => [
      reference,
      version,
      appVersion,
      versions,
      description,
    ]),
  }
}
