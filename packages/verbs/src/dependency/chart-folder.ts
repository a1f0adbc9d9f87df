import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveDigest, ChartFile, Dependency, Lock, Metadata } from '@chartroom/chart'
import { archiveDigestsFile, chartLimits, loadChart, readArchiveDigests } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import { parseYaml } from '@chartroom/go'
import { limits } from '../limits.ts'

/** What a chart folder says about its dependencies. */
export interface ChartFolder {
  /** Absolute. */
  readonly folder: string
  readonly metadata: Metadata
  /** Null where there is no list at all; Helm leaves `charts/` alone then, and empties it for an empty list. */
  readonly declared: readonly Dependency[] | null
  readonly lock: Lock | undefined
  readonly lockFile: 'Chart.lock' | 'requirements.lock'
  readonly digests: readonly ArchiveDigest[] | undefined
}

const declarations = ['Chart.yaml', 'requirements.yaml']
const read = [...declarations, 'Chart.lock', 'requirements.lock', archiveDigestsFile]

/**
 * Reads the declarations of a chart, nothing else of it: a broken archive in `charts/` must not keep it from
 * being replaced. Throws `FILE_NOT_FOUND`, `CHART_NOT_FOUND`, `CHART_INVALID` or `LIMIT_EXCEEDED`.
 */
export async function readChartFolder(folder: string): Promise<ChartFolder> {
  await requireFolder(folder)
  const files = (await Promise.all(read.map((name) => readOne(folder, name)))).filter(
    (file) => file !== undefined,
  )
  if (!files.some(({ name }) => name === 'Chart.yaml')) {
    throw new ChartroomError('CHART_NOT_FOUND', `Chart.yaml file is missing in ${folder}`, {
      hint: 'Give the folder that holds Chart.yaml.',
    })
  }
  const digests = files.find(({ name }) => name === archiveDigestsFile)
  const { metadata, lock } = loadChart(files, nodePorts)
  const declared = metadata.dependencies ?? (files.some(hasEmptyList) ? [] : null)
  requireFew(declared ?? [])
  requireFew(lock?.dependencies ?? [])
  for (const { name } of [...(declared ?? []), ...(lock?.dependencies ?? [])]) requireName(name)
  return {
    folder,
    metadata,
    declared,
    lock,
    lockFile: metadata.apiVersion === 'v1' ? 'requirements.lock' : 'Chart.lock',
    digests: digests && readArchiveDigests(textOf(digests)),
  }
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new ChartroomError('FILE_NOT_FOUND', `could not find ${folder}`, {
      hint: 'Give the folder that holds Chart.yaml.',
      cause,
    })
  })
  if (found.isDirectory()) return
  throw new ChartroomError('USAGE', `only unpacked charts can be updated: ${folder} is a file`, {
    hint: 'Give the folder that holds Chart.yaml.',
  })
}

async function readOne(folder: string, name: string): Promise<ChartFile | undefined> {
  const path = join(folder, name)
  try {
    if ((await stat(path)).size > chartLimits.fileBytes) {
      throw new ChartroomError(
        'LIMIT_EXCEEDED',
        `${path} is larger than the maximum file size ${chartLimits.fileBytes}`,
      )
    }
    return { name, data: new Uint8Array(await readFile(path)) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function hasEmptyList(file: ChartFile): boolean {
  if (!declarations.includes(file.name)) return false
  const value = parseYaml(textOf(file))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const key = Object.keys(value).find((one) => one.toLowerCase() === 'dependencies')
  return key !== undefined && Array.isArray(value[key])
}

function textOf({ data }: ChartFile): string {
  return new TextDecoder().decode(data)
}

function requireFew(dependencies: readonly Dependency[]): void {
  if (dependencies.length <= limits.dependencies) return
  throw new ChartroomError(
    'LIMIT_EXCEEDED',
    `the chart has ${dependencies.length} dependencies; ${limits.dependencies} are the most that are read`,
    { hint: 'Divide them among charts that the chart then depends on.' },
  )
}

// It becomes a path below charts/ and a path in a registry.
function requireName(name: string): void {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name)) return
  throw new ChartroomError('CHART_INVALID', `dependency ${JSON.stringify(name)} has a name that is a path`, {
    hint: 'Give the name of the chart alone; where it comes from is its "repository:".',
  })
}
