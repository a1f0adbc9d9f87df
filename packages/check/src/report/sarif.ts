import type { Finding, Severity } from '../finding.ts'
import type { RuleName } from '../rules.ts'
import { rules } from '../rules.ts'
import type { LintedChart } from './linted-chart.ts'
import { fileOf } from './place.ts'

/** SARIF 2.1.0, as code scanning reads it, by this version of chartroom. Paths are relative where `location` is. */
export function sarifReport(charts: readonly LintedChart[], version: string): SarifLog {
  const results = charts.flatMap(resultsOf)
  const used = [...new Set(results.map(({ ruleId }) => ruleId))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'chartroom',
            version,
            rules: used.map((id) => ({ id, shortDescription: { text: rules[id] } })),
          },
        },
        columnKind: 'unicodeCodePoints',
        results: results.map((result) => ({ ...result, ruleIndex: used.indexOf(result.ruleId) })),
      },
    ],
  }
}

export interface SarifLog {
  readonly $schema: string
  readonly version: '2.1.0'
  readonly runs: readonly [SarifRun]
}

export interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: string
      readonly version: string
      readonly rules: readonly { readonly id: RuleName; readonly shortDescription: SarifText }[]
    }
  }
  readonly columnKind: 'unicodeCodePoints'
  readonly results: readonly SarifResult[]
}

interface SarifText {
  readonly text: string
}

export interface SarifResult {
  readonly ruleId: RuleName
  readonly ruleIndex: number
  readonly level: 'error' | 'warning' | 'note'
  readonly message: SarifText
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string }
        readonly region?: { readonly startLine: number; readonly startColumn?: number }
      }
    },
  ]
}

const levels: Readonly<Record<Severity, SarifResult['level']>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

function resultsOf(chart: LintedChart): Omit<SarifResult, 'ruleIndex'>[] {
  if (chart.unreadable === undefined) return chart.findings.map((finding) => resultOf(chart, finding))
  const unreadable: Finding = { severity: 'error', path: '', message: chart.unreadable, rule: 'chart-load' }
  return [resultOf(chart, unreadable)]
}

function resultOf(chart: LintedChart, finding: Finding): Omit<SarifResult, 'ruleIndex'> {
  const { path, line, column } = fileOf(chart, finding)
  const region = line === undefined ? undefined : { startLine: line, ...startColumn(column) }
  return {
    ruleId: finding.rule,
    level: levels[finding.severity],
    message: { text: `${finding.path === '' ? '' : `${finding.path}: `}${finding.message.trimEnd()}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path) },
          ...(region === undefined ? {} : { region }),
        },
      },
    ],
  }
}

function startColumn(column: number | undefined): { startColumn?: number } {
  return column === undefined ? {} : { startColumn: column }
}

/** A relative reference; an absolute path becomes a file URL. */
function uriOf(path: string): string {
  const escaped = path.split('/').map(encodeURIComponent).join('/')
  if (path.startsWith('/')) return `file://${escaped}`
  return /^[A-Za-z]:\//.test(path) ? `file:///${escaped.replace('%3A', ':')}` : escaped
}
