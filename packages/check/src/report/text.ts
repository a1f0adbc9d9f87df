import { printable } from '@chartroom/errors'
import type { LintedChart } from './linted-chart.ts'

/** What `helm lint` prints to stdout; in `quiet` no notes, and no charts without errors or warnings. */
export function textReport(charts: readonly LintedChart[], quiet: boolean): string {
  return charts
    .filter((chart) => !quiet || isBad(chart))
    .map((chart) => `==> Linting ${chart.path}\n${linesOf(chart, quiet)}\n`)
    .join('')
}

/** The last line: `2 chart(s) linted, 1 chart(s) failed`. */
export function summary(charts: readonly LintedChart[]): string {
  const failed = charts.filter((chart) => chart.failed).length
  return `${charts.length} chart(s) linted, ${failed} chart(s) failed`
}

/** Whether there is a warning or worse. */
export function isBad({ findings, unreadable }: LintedChart): boolean {
  return unreadable !== undefined || findings.some(({ severity }) => severity !== 'info')
}

function linesOf({ findings, unreadable }: LintedChart, quiet: boolean): string {
  if (unreadable !== undefined) return `Error ${printable(unreadable)}\n`
  return findings
    .filter(({ severity }) => !quiet || severity !== 'info')
    .map(({ severity, path, message }) => printable(`[${severity.toUpperCase()}] ${path}: ${message}\n`))
    .join('')
}
