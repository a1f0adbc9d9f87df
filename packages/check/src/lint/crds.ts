import type { Chart, ChartFile } from '@chartroom/chart'
import { fileText } from '@chartroom/chart'
import type { Finding } from '../finding.ts'
import type { Loading } from './lint-folder.ts'
import type { LintedFolder } from './linted-folder.ts'
import type { ObjectHead } from './object-head.ts'
import { readObjects } from './objects.ts'

/** Helm's rules for crds/: nothing but definitions, and no templates. */
export function lintCrds(folder: LintedFolder, loading: Loading): Finding[] {
  const path = 'crds/'
  const kind = folder.kindOf('crds')
  if (kind === undefined) return []
  if (kind === 'file') return [{ severity: 'error', path, message: 'not a directory', rule: 'crds-folder' }]
  if ('failure' in loading) {
    return [{ severity: 'error', path, message: loading.failure.message, rule: 'chart-load' }]
  }
  const findings: Finding[] = []
  for (const file of crdFiles(loading.chart)) {
    const { objects, fault } = readObjects(fileText(file))
    for (const object of objects) findings.push(...lintCrd(file.name, object))
    if (fault === undefined) continue
    const message = `unable to parse YAML: ${fault}`
    // Helm looks no further, at other files neither.
    return [...findings, { severity: 'error', path: file.name, message, rule: 'crd-yaml' }]
  }
  return findings
}

/** Those of subcharts too, which helm names as if they were the chart's own. */
function crdFiles({ files, dependencies }: Chart): ChartFile[] {
  return [
    ...files.filter(({ name }) => name.startsWith('crds/') && /\.(ya?ml|json)$/i.test(name)),
    ...dependencies.flatMap(crdFiles),
  ]
}

function lintCrd(path: string, { apiVersion, kind }: ObjectHead): Finding[] {
  const findings: Finding[] = []
  if (!apiVersion.startsWith('apiextensions.k8s.io')) {
    const message = "apiVersion is not in 'apiextensions.k8s.io'"
    findings.push({ severity: 'error', path, message, rule: 'crd-api-version' })
  }
  if (kind !== 'CustomResourceDefinition') {
    const message = "object kind is not 'CustomResourceDefinition'"
    findings.push({ severity: 'error', path, message, rule: 'crd-kind' })
  }
  return findings
}
