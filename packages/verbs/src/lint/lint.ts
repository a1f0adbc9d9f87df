import { statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Chart } from '@chartroom/chart'
import type { LintedChart, LintedFolder, LintOptions } from '@chartroom/check'
import { chartFault, lintFolder } from '@chartroom/check'
import { ChartroomError } from '@chartroom/errors'
import { archiveFolder } from './archive-folder.ts'
import { diskFolder } from './disk-folder.ts'
import type { LintSettings } from './lint-options.ts'
import { lintOptions } from './lint-options.ts'
import { subchartPaths } from './subcharts.ts'

export interface LintRequest extends LintSettings {
  /** Chart folders and archives. */
  readonly paths: readonly string[]
  /** Warnings fail too. */
  readonly strict?: boolean | undefined
  /** The charts in `charts/` too. */
  readonly withSubcharts?: boolean | undefined
  /** Charts of folders that were read already, and may have more in `charts/` than their folder, by their path. */
  readonly loaded?: ReadonlyMap<string, Chart> | undefined
}

/** Lints charts by helm's rules. Throws only for a Kubernetes version that is none. */
export async function lintCharts(request: LintRequest, cwd: string): Promise<LintedChart[]> {
  const { paths, withSubcharts, strict, loaded } = request
  const inside = withSubcharts === true ? paths.flatMap((path) => subchartPaths(path, cwd)) : []
  const options = lintOptions(request)
  const charts: LintedChart[] = []
  for (const path of [...paths, ...inside]) {
    charts.push(await lintOne(path, { cwd, strict: strict === true, options, chart: loaded?.get(path) }))
  }
  return charts
}

interface LintOne {
  readonly cwd: string
  readonly strict: boolean
  readonly options: LintOptions
  readonly chart: Chart | undefined
}

async function lintOne(path: string, { cwd, strict, options, chart }: LintOne): Promise<LintedChart> {
  const location = locationOf(path, cwd)
  let folder: LintedFolder
  try {
    folder = openFolder(path, cwd)
    if (chart !== undefined) folder = { ...folder, load: () => chart }
  } catch (error) {
    return { path, location, findings: [], unreadable: chartFault(error).message, failed: true }
  }
  const findings = await lintFolder(folder, options)
  const failed = findings.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'))
  return { path, location, findings, failed }
}

function openFolder(path: string, cwd: string): LintedFolder {
  const full = resolve(cwd, path)
  if (/\.(tgz|tar\.gz)$/.test(path)) return archiveFolder(full, path)
  requireChartFile(full, path)
  return diskFolder(full)
}

function requireChartFile(full: string, path: string): void {
  try {
    statSync(join(full, 'Chart.yaml'))
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    const reasons = new Map([
      ['ENOENT', 'no such file or directory'],
      ['ENOTDIR', 'not a directory'],
    ])
    const reason = reasons.get(String(cause.code)) ?? cause.message
    const message = `unable to check Chart.yaml file in chart: stat ${join(path, 'Chart.yaml')}: ${reason}`
    throw new ChartroomError('CHART_NOT_FOUND', message, { cause })
  }
}

/** Relative to the working folder where it lies inside. */
function locationOf(path: string, cwd: string): string {
  const full = resolve(cwd, path)
  const inside = relative(cwd, full)
  const isInside = inside !== '..' && !inside.startsWith(`..${sep}`) && !/^([A-Za-z]:|\/)/.test(inside)
  return (isInside ? inside || '.' : full).split(sep).join('/')
}
