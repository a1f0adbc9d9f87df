import type { Finding, LintedFolder } from '@chartroom/check'
import { lintFolder, memoryFolder } from '@chartroom/check'
import { loadAnyChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { diskFolder } from '../../lint/disk-folder.ts'
import { lintOptions } from '../../lint/lint-options.ts'
import type { Packed } from '../../package/packed.ts'
import type { Checked } from './check-charts.ts'

/** Lints a chart where it comes from: its folder says more than what is packed of it, as in `helm lint`. */
export async function lintPacked(packed: Packed): Promise<Checked> {
  const findings = await lintFolder(
    folderOf(packed),
    lintOptions({ values: new Map(), namespace: 'default' }),
  )
  const lines = (severity: Finding['severity']): string[] =>
    findings
      .filter((finding) => finding.severity === severity)
      .map(({ path, message }) => `${path === '' ? '' : `${path}: `}${message.trimEnd()}`)
  return { faults: lines('error'), warnings: lines('warning') }
}

function folderOf({ chart, folder, path = chart.metadata.name }: Packed): LintedFolder {
  if (folder !== undefined) return diskFolder(folder)
  return memoryFolder(path, chart.files, (visible) => loadAnyChart(visible, nodePorts))
}
