import type { Chart } from '@chartroom/chart'
import type { Finding } from '../finding.ts'
import type { Loading } from './lint-folder.ts'
import type { LintedFolder } from './linted-folder.ts'

/** Helm's rules for what Chart.yaml declares and what lies in charts/. */
export function lintDependencies({ path }: LintedFolder, loading: Loading): Finding[] {
  if ('failure' in loading) {
    const message = `unable to load chart\n\t${loading.failure.message}`
    return [{ severity: 'error', path: '', message, rule: 'chart-load' }]
  }
  const { declared, present } = names(loading.chart)
  const undeclared = present.filter((name) => !declared.includes(name))
  const absent = declared.filter((name) => !present.includes(name))
  const findings: Finding[] = []
  if (undeclared.length > 0) {
    const message = `chart metadata is missing these dependencies: ${undeclared.join(',')}`
    findings.push({ severity: 'error', path, message, rule: 'dependency-declared' })
  }
  if (absent.length > 0) {
    const message = `chart directory is missing these dependencies: ${absent.join(',')}`
    findings.push({ severity: 'warning', path, message, rule: 'dependency-present' })
  }
  return findings
}

function names({ metadata, dependencies }: Chart): { declared: string[]; present: string[] } {
  return {
    declared: (metadata.dependencies ?? []).map(({ name }) => name),
    present: dependencies.map((dependency) => dependency.metadata.name),
  }
}
