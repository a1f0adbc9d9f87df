import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chart, Dependency } from '@chartroom/chart'
import { missingDependencies, packChart } from '@chartroom/chart'
import { loadPath, nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import { parseVersion } from '@chartroom/go'
import { folderOf } from './origin.ts'
import type { Pinned, Unmatched } from './pinned.ts'
import { rangeOf } from './range.ts'

export interface FolderContext {
  readonly chartFolder: string
  readonly onWarning?: ((message: string) => void) | undefined
}

// Always the same, so that an archive in charts/ changes only when the chart in it does.
const time = new Date('1980-01-01T00:00:00Z')

/** The chart in the folder that `file://` means, packed when its archive is asked for. */
export async function chooseFromFolder(
  dependency: Dependency,
  { chartFolder, onWarning }: FolderContext,
): Promise<Pinned | Unmatched> {
  const { name, repository, alias } = dependency
  const chart = await loadFolder(folderOf(dependency, chartFolder))
  requireSameName(dependency, chart)
  const { version } = chart.metadata
  if (!isIn(dependency, version)) return { newest: [version] }
  return {
    locked: { name, repository, version },
    alias,
    source: {
      remote: false,
      archive() {
        const missing = missingDependencies(chart)
        if (missing.length > 0)
          onWarning?.(`${name}: found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`)
        const bytes = packChart(chart, { time, ports: nodePorts, allowMissing: true })
        return Promise.resolve({ bytes, fromCache: false })
      },
    },
  }
}

/** Throws `VERSION_NOT_FOUND` when the folder holds another version now. */
export async function lockedInFolder(locked: Dependency, context: FolderContext): Promise<Pinned> {
  const found = await chooseFromFolder(locked, context)
  if (!('newest' in found)) return found
  throw new ChartroomError('VERSION_NOT_FOUND', `can't get a valid version for dependency ${locked.name}`, {
    hint: `The lock has ${locked.version ?? ''}, the folder ${found.newest.join()}: chartroom dependency update.`,
  })
}

/** A chart that lies in `charts/` already, as a folder: its version is only checked. */
export async function chooseFromCharts(
  dependency: Dependency,
  { chartFolder }: FolderContext,
): Promise<Pinned> {
  const { name, version: range, alias } = dependency
  const chart = await loadFolder(join(chartFolder, 'charts', name))
  const { version } = chart.metadata
  if (isIn(dependency, version)) return { locked: { name, repository: '', version: range }, alias }
  throw new ChartroomError(
    'VERSION_NOT_FOUND',
    `dependency ${name} at version ${version} does not satisfy the constraint ${range ?? ''}`,
    { hint: 'It lies in charts/, because no repository is declared for it: change the one or the other.' },
  )
}

async function loadFolder(path: string): Promise<Chart> {
  await requireFolder(path)
  const { chart } = await loadPath(path)
  return chart
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (found?.isDirectory() === true) return
  throw new ChartroomError('FILE_NOT_FOUND', `directory ${path} not found`, {
    hint: 'A dependency from file:// or without a repository is the folder of a chart.',
  })
}

function isIn(dependency: Dependency, version: string): boolean {
  const range = rangeOf(dependency)
  const parsed = parseVersion(version)
  return parsed !== undefined && range.check(parsed)
}

function requireSameName({ name, repository }: Dependency, { metadata }: Chart): void {
  if (metadata.name === name) return
  throw new ChartroomError('CHART_INVALID', `${repository} holds ${metadata.name}, not ${name}`, {
    hint: `Declare it under its own name, ${metadata.name}, and give it an "alias: ${name}".`,
  })
}
