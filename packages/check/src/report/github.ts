import type { Finding, Severity } from '../finding.ts'
import type { LintedChart } from './linted-chart.ts'
import { fileOf } from './place.ts'

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands, one a line, that GitHub Actions makes annotations of. */
export function githubReport(charts: readonly LintedChart[]): string {
  return charts.flatMap(commandsOf).join('')
}

function commandsOf(chart: LintedChart): string[] {
  if (chart.unreadable === undefined) return chart.findings.map((finding) => commandOf(chart, finding))
  const finding: Finding = { severity: 'error', path: '', message: chart.unreadable, rule: 'chart-load' }
  return [commandOf(chart, finding)]
}

function commandOf(chart: LintedChart, finding: Finding): string {
  const { path, line, column } = fileOf(chart, finding)
  const properties = Object.entries({ file: path, line, col: column, title: finding.rule })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
  const where = finding.path === '' ? '' : `${finding.path}: `
  const message = escapedData(`${where}${finding.message.trimEnd()}`)
  return `::${commands[finding.severity]} ${properties.join(',')}::${message}\n`
}

/** The runner reads a command to the end of its line, and turns these back. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
