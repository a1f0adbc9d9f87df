import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { compareBytes } from '@chartroom/go'
import { archiveContent, chartFiles } from './archive/read-archive.ts'
import type { Chart } from './chart.ts'
import type { ChartFile } from './file.ts'
import { fileText } from './file.ts'
import { limits } from './limits.ts'
import type { MetadataDraft } from './metadata/decode-metadata.ts'
import { decodeMetadata } from './metadata/decode-metadata.ts'
import type { Lock, Metadata } from './metadata/metadata.ts'
import { readLock } from './metadata/read-lock.ts'
import { cannotLoad, decodeYamlFile } from './metadata/read-metadata.ts'
import { finishMetadata } from './metadata/validate-metadata.ts'
import type { ChartPorts } from './ports.ts'
import { loadValuesFile } from './values.ts'

export interface OpenedArchive {
  readonly chart: Chart
  /** The time of the newest file, to the second. */
  readonly newest: Date
}

/** Reads a packed chart, and when it was made. Throws as `readArchive` and `loadChart` do. */
export function openArchive(bytes: Uint8Array, ports: ChartPorts): OpenedArchive {
  const { files, newest } = archiveContent(bytes, ports)
  return { chart: loadChart(files, ports), newest }
}

/** Reads a packed chart. Throws as `readArchive` and `loadChart` do. */
export function loadArchive(bytes: Uint8Array, ports: ChartPorts): Chart {
  return openArchive(bytes, ports).chart
}

/**
 * Makes a chart of its files, as Helm loads a folder or an archive, apiVersion v1 and v2; the charts in
 * `charts/`, folders and archives, become its dependencies. Throws `CHART_INVALID`, `YAML_INVALID`,
 * `ARCHIVE_INVALID` or `LIMIT_EXCEEDED` in Helm's words.
 */
export function loadChart(files: readonly ChartFile[], ports: ChartPorts): Chart {
  const chart = loadAnyChart(files, ports)
  const { apiVersion } = chart.metadata
  if (apiVersion !== 'v1' && apiVersion !== 'v2') {
    throw new ChartroomError('CHART_INVALID', `unsupported chart version: apiVersion ${apiVersion}`, {
      hint: 'Set "apiVersion: v2" in Chart.yaml.',
    })
  }
  return chart
}

/** As {@link loadChart}, whatever the apiVersion: lint has a rule of its own for that. */
export function loadAnyChart(files: readonly ChartFile[], ports: ChartPorts): Chart {
  return loadFiles(files, { ports, depth: 0, budget: { bytes: limits.nestedBytes } })
}

interface Loading {
  readonly ports: ChartPorts
  readonly depth: number
  /** What archives inside the chart may still unpack to, all together. */
  readonly budget: { bytes: number }
}

function loadFiles(files: readonly ChartFile[], loading: Loading): Chart {
  if (loading.depth > limits.chartDepth) {
    throw new ChartroomError('LIMIT_EXCEEDED', `charts are nested more than ${limits.chartDepth} deep`, {
      hint: 'Keep the dependencies of dependencies beside each other.',
    })
  }
  const metadata = loadMetadata(files)
  const lock = loadLock(files)
  loadValues(files)
  const dependencies = loadSubcharts(files, metadata, loading)
  return lock === undefined ? { metadata, files, dependencies } : { metadata, files, lock, dependencies }
}

function loadMetadata(files: readonly ChartFile[]): Metadata {
  const file = files.find(({ name }) => name === 'Chart.yaml')
  if (file === undefined) {
    throw new ChartroomError('CHART_INVALID', 'Chart.yaml file is missing', {
      hint: 'Give a folder or archive with a Chart.yaml that .helmignore does not leave out.',
    })
  }
  let draft: MetadataDraft = decodeYamlFile('Chart.yaml', fileText(file), decodeMetadata)
  const requirements = files.find(({ name }) => name === 'requirements.yaml')
  if (requirements !== undefined) {
    draft = decodeYamlFile('requirements.yaml', fileText(requirements), (value) =>
      decodeMetadata(value, draft),
    )
  }
  return finishMetadata(draft)
}

/** The later of the two names wins, as in Helm. */
function loadLock(files: readonly ChartFile[]): Lock | undefined {
  const file = files.findLast(({ name }) => name === 'Chart.lock' || name === 'requirements.lock')
  return file === undefined ? undefined : readLock(file.name, fileText(file))
}

function loadValues(files: readonly ChartFile[]): void {
  const file = files.find(({ name }) => name === 'values.yaml')
  if (file === undefined) return
  try {
    loadValuesFile(file)
  } catch (error) {
    throw cannotLoad('values.yaml', error)
  }
}

function loadSubcharts(files: readonly ChartFile[], { name }: Metadata, loading: Loading): Chart[] {
  const groups = subchartFiles(files)
  const segments = [...groups.keys()].sort(compareBytes)
  return segments.map((segment) => {
    try {
      return loadSubchart(segment, groups.get(segment) ?? [], { ...loading, depth: loading.depth + 1 })
    } catch (error) {
      throw within(error, `error unpacking subchart ${segment} in ${name}: `)
    }
  })
}

const subcharts = 'charts/'

/** What lies below each name in `charts/`; names that begin with `_` or `.` are no charts. */
function subchartFiles(files: readonly ChartFile[]): Map<string, ChartFile[]> {
  const groups = new Map<string, ChartFile[]>()
  for (const file of files) {
    const { name } = file
    if (!name.startsWith(subcharts) || name.endsWith('.prov')) continue
    const slash = name.indexOf('/', subcharts.length)
    const segment = name.slice(subcharts.length, slash < 0 ? undefined : slash)
    if (segment.startsWith('_') || segment.startsWith('.')) continue
    const group = groups.get(segment)
    if (group === undefined) groups.set(segment, [file])
    else group.push(file)
  }
  return groups
}

function loadSubchart(segment: string, files: readonly ChartFile[], loading: Loading): Chart {
  const path = `${subcharts}${segment}`
  if (!segment.endsWith('.tgz')) {
    const below: ChartFile[] = []
    for (const { name, data } of files) {
      if (name.length > path.length) below.push({ name: name.slice(path.length + 1), data })
    }
    return loadFiles(below, loading)
  }
  const [file] = files
  if (file === undefined || file.name !== path) {
    const got = file?.name.slice(subcharts.length) ?? 'nothing'
    throw new ChartroomError('CHART_INVALID', `expected ${segment}, got ${got}`, {
      hint: 'A folder in charts/ must not be named like an archive.',
    })
  }
  const unpacked = chartFiles(file.data, loading.ports)
  loading.budget.bytes -= unpacked.reduce((sum, { data }) => sum + data.length, 0)
  if (loading.budget.bytes < 0) {
    throw new ChartroomError('LIMIT_EXCEEDED', `subcharts unpack to more than ${limits.nestedBytes} bytes`, {
      hint: 'Leave out of charts/ what the chart does not need.',
    })
  }
  return loadFiles(unpacked, loading)
}

function within(error: unknown, prefix: string): ChartroomError {
  const { code, message, hint } = asChartroomError(error)
  return new ChartroomError(code, `${prefix}${message}`, { hint, cause: error })
}
