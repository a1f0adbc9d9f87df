import { ChartroomError } from '@chartroom/errors'
import type { Chart } from '../chart.ts'
import { checkDistinct, checkEntryName } from '../entry-name.ts'
import type { ChartFile } from '../file.ts'
import { limits } from '../limits.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { validateMetadata } from '../metadata/validate-metadata.ts'
import type { ChartPorts } from '../ports.ts'
import { writeTar } from '../tar/write-tar.ts'
import { packagedFiles } from './packaged-files.ts'

export interface PackOptions {
  /** The time of every entry, to the second. */
  readonly time: Date
  readonly ports: ChartPorts
  /** Pack it although charts that it declares are not in `charts/`. */
  readonly allowMissing?: boolean | undefined
}

/**
 * The archive of a chart. The same chart and time give the same bytes on every machine. Throws
 * `CHART_INVALID` when a declared dependency is not in `charts/`, `ARCHIVE_INVALID` or `LIMIT_EXCEEDED` for
 * a chart whose archive could not be read again.
 */
export function packChart(chart: Chart, { time, ports, allowMissing }: PackOptions): Uint8Array {
  validateMetadata(chart.metadata)
  if (allowMissing !== true) checkDependencies(chart)
  const files = packagedFiles(chart)
  for (const { name } of files) checkEntryName(name)
  checkDistinct(files.map(({ name }) => name))
  checkSize(files)
  const mtime = Math.max(0, Math.floor(time.getTime() / 1000))
  return ports.gzip(writeTar(files.map(({ name, data }) => ({ name, data, mtime }))))
}

/** The file name of a chart's archive. */
export function archiveName({ name, version }: Pick<Metadata, 'name' | 'version'>): string {
  return `${name}-${version}.tgz`
}

/** Names of declared charts that are not in `charts/`. */
export function missingDependencies({ metadata, dependencies }: Chart): string[] {
  const present = new Set(dependencies.map((dependency) => dependency.metadata.name))
  return (metadata.dependencies ?? []).map(({ name }) => name).filter((name) => !present.has(name))
}

function checkDependencies(chart: Chart): void {
  const missing = missingDependencies(chart)
  if (missing.length === 0) return
  throw new ChartroomError(
    'CHART_INVALID',
    `found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`,
    { hint: 'Fetch them first: chartroom dependency build.' },
  )
}

function checkSize(files: readonly ChartFile[]): void {
  const total = files.reduce((sum, { data }) => sum + data.length, 0)
  const large = files.find(({ data }) => data.length > limits.fileBytes)
  const hint = 'Leave out with .helmignore what the templates do not need.'
  if (large !== undefined) {
    throw new ChartroomError(
      'LIMIT_EXCEEDED',
      `chart file ${JSON.stringify(large.name)} is larger than the maximum file size ${limits.fileBytes}`,
      { hint },
    )
  }
  if (total > limits.chartBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `chart is larger than the maximum size ${limits.chartBytes}`, {
      hint,
    })
  }
  if (files.length > limits.entries) {
    throw new ChartroomError('LIMIT_EXCEEDED', `chart has more than ${limits.entries} files`, { hint })
  }
}
