import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dependency, Metadata } from '@chartroom/chart'
import { loadPath } from '@chartroom/chart/node'
import { asChartroomError } from '@chartroom/errors'
import { compareBytes } from '@chartroom/go'
import { readChartFolder } from './chart-folder.ts'
import { shownRepository } from './origin.ts'
import type { DependencyStatus, PresentChart } from './status.ts'
import { statusOf } from './status.ts'

export interface ListedDependency {
  readonly name: string
  /** As declared. */
  readonly version: string
  readonly repository: string
  readonly alias?: string | undefined
  readonly status: DependencyStatus
}

/** Something in `charts/` that no declaration asks for. */
export interface UndeclaredChart {
  /** Its name in `charts/`. */
  readonly file: string
  readonly reason: 'not in Chart.yaml' | 'not a chart'
}

export interface DependencyList {
  /** Undefined where the chart has no list of dependencies. */
  readonly dependencies: readonly ListedDependency[] | undefined
  readonly undeclared: readonly UndeclaredChart[]
}

/** What a chart, folder or archive, declares and what of it is there. Nothing is fetched, and nothing changed. */
export async function listDependencies(path: string): Promise<DependencyList> {
  if (!(await isFolder(path))) return listOfArchive(path)
  const { declared } = await readChartFolder(path)
  if (declared === null) return { dependencies: undefined, undeclared: [] }
  const present = await presentCharts(join(path, 'charts'))
  const names = new Set(declared.map(({ name }) => name))
  const undeclared = present.flatMap(({ file, metadata, isFolder: folder }): UndeclaredChart[] => {
    if (!folder && !file.endsWith('.tgz')) return []
    if (metadata === undefined) return [{ file, reason: 'not a chart' }]
    return names.has(metadata.name) ? [] : [{ file, reason: 'not in Chart.yaml' }]
  })
  return { dependencies: declared.map((one) => listed(one, present)), undeclared }
}

// Helm looks for files beside the archive's own, finds none, and takes what the archive holds for unpacked.
async function listOfArchive(path: string): Promise<DependencyList> {
  const { chart } = await loadPath(path)
  const declared = chart.metadata.dependencies
  const present = chart.dependencies.map(
    ({ metadata }): PresentChart => ({ file: metadata.name, metadata, isFolder: true }),
  )
  return { dependencies: declared?.map((one) => listed(one, present)), undeclared: [] }
}

function listed(dependency: Dependency, present: readonly PresentChart[]): ListedDependency {
  const { name, version = '', repository, alias } = dependency
  return {
    name,
    version,
    repository: shownRepository(repository),
    alias,
    status: statusOf(dependency, present),
  }
}

async function presentCharts(charts: string): Promise<PresentChart[]> {
  const files = (await readdirIfPresent(charts)).sort(compareBytes)
  const present: PresentChart[] = []
  for (const file of files) {
    const path = join(charts, file)
    present.push({ file, isFolder: await isFolder(path), metadata: await metadataAt(path) })
  }
  return present
}

async function metadataAt(path: string): Promise<Metadata | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() || found.isDirectory() ? (await loadPath(path)).chart.metadata : undefined
  } catch (error) {
    // What cannot be read as a chart is listed as such; anything else is a fault of ours.
    if (asChartroomError(error).code === 'INTERNAL') throw error
    return undefined
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}

async function readdirIfPresent(path: string): Promise<string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return []
    }
    throw error
  }
}
