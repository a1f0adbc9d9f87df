import type { Finding, Place } from '../finding.ts'
import type { LintedChart } from './linted-chart.ts'

/** The file that a report shows a finding in: that of its place, else its own, else Chart.yaml. */
export function fileOf(
  { location, path: chart }: LintedChart,
  finding: Finding,
): Partial<Place> & { path: string } {
  if (isArchive(chart)) return { path: location }
  const { place } = finding
  if (place !== undefined) return { ...place, path: `${location}/${place.path}` }
  // Folders, and the chart as a whole, are no files that a finding could be shown in.
  const isFile = finding.path !== '' && !finding.path.endsWith('/') && !finding.path.startsWith('/')
  return { path: `${location}/${isFile ? finding.path : 'Chart.yaml'}` }
}

function isArchive(path: string): boolean {
  return /\.(tgz|tar\.gz)$/.test(path)
}
