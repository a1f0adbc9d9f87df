import type { Chart } from '@chartroom/chart'
import { trimSpace } from '@chartroom/go'
import { chartFault } from '../chart-fault.ts'
import type { Finding } from '../finding.ts'
import type { Loading } from './lint-folder.ts'
import type { LintOptions } from './lint-options.ts'
import type { LintedFolder } from './linted-folder.ts'
import { lintManifest } from './manifest.ts'
import { renderPlace } from './render-place.ts'

const path = 'templates/'

/** Helm's rules for templates: they can be rendered, and what they render to is fit for Kubernetes. */
export async function lintTemplates(
  folder: LintedFolder,
  loading: Loading,
  options: LintOptions,
): Promise<Finding[]> {
  const kind = folder.kindOf('templates')
  if (kind === undefined) {
    return [{ severity: 'warning', path, message: 'directory does not exist', rule: 'templates-folder' }]
  }
  if (kind === 'file') {
    return [{ severity: 'error', path, message: 'not a directory', rule: 'templates-folder' }]
  }
  if ('failure' in loading) {
    return [{ severity: 'error', path, message: loading.failure.message, rule: 'chart-load' }]
  }
  try {
    const rendered = await options.engine.render(loading.chart, options.skipSchemaValidation === true)
    return rendered === undefined ? [] : lintRendered(loading.chart, rendered, options)
  } catch (error) {
    const { message } = chartFault(error)
    const place = renderPlace(message, loading.chart)
    const rule = message.startsWith("values don't meet") ? 'values-schema' : 'template-render'
    return [{ severity: 'error', path, message, rule, place }]
  }
}

function lintRendered(
  { metadata, files }: Chart,
  rendered: ReadonlyMap<string, string>,
  options: LintOptions,
): Finding[] {
  const findings: Finding[] = []
  for (const { name } of files) {
    if (!name.startsWith(path)) continue
    const extension = extensionOf(name)
    if (!['.yaml', '.yml', '.tpl', '.txt'].includes(extension)) {
      const message = `file extension '${extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt`
      findings.push({ severity: 'error', path: name, message, rule: 'template-extension' })
    }
    if (!/^\.ya?ml$/i.test(extension)) continue
    const text = rendered.get(`${metadata.name}/${name}`) ?? ''
    if (trimSpace(text) === '') continue
    const manifest = lintManifest(name, text, options.kubeVersion)
    findings.push(...manifest.findings)
    // Helm looks at no further template behind one that is no YAML.
    if (!manifest.isYaml) break
  }
  return findings
}

/** From the last dot of the last segment on, as Go's filepath.Ext. */
function extensionOf(name: string): string {
  return /\.[^./]*$/.exec(name)?.[0] ?? ''
}
