import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadPath, nodePorts } from '@chartroom/chart/node'
import { asChartroomError, ChartroomError, hasCode } from '@chartroom/errors'
import type { ChartsChange } from './staging.ts'

export interface ChangeRequest {
  /** The folder `charts/`. */
  readonly charts: string
  /** The digest of each staged archive by its file name. */
  readonly staged: ReadonlyMap<string, string>
  /** Names of charts that stay because no repository is declared for them. */
  readonly local: ReadonlySet<string>
  readonly onWarning?: ((message: string) => void) | undefined
}

/**
 * Compares `charts/` with what it is to be. As with Helm, archives of charts that are not asked for go; folders,
 * and files that are no charts, stay.
 */
export async function planChange(request: ChangeRequest): Promise<ChartsChange> {
  const same = new Set<string>()
  const removed: string[] = []
  const kept: string[] = []
  for (const entry of await entriesOf(request.charts)) {
    const digest = request.staged.get(entry.name)
    if (digest !== undefined) {
      if (await hasDigest(request.charts, entry, digest)) same.add(entry.name)
    } else if (await isOutdated(entry, request)) removed.push(entry.name)
    else kept.push(entry.name)
  }
  return { changed: [...request.staged.keys()].filter((name) => !same.has(name)), removed, kept }
}

async function entriesOf(charts: string): Promise<Dirent[]> {
  try {
    return await readdir(charts, { withFileTypes: true })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT') return []
    if (code !== 'ENOTDIR') throw cause
    throw new ChartroomError('CHART_INVALID', `${JSON.stringify(charts)} is not a directory`, {
      hint: 'Move the file away: dependencies are kept in a folder of that name.',
      cause,
    })
  }
}

async function hasDigest(charts: string, entry: Dirent, digest: string): Promise<boolean> {
  const path = join(charts, entry.name)
  if (entry.isDirectory()) {
    throw new ChartroomError('CHART_INVALID', `${path} is a folder, and an archive is to be saved there`, {
      hint: 'Move the folder away.',
    })
  }
  if (!entry.isFile()) return false
  return `sha256:${nodePorts.sha256(new Uint8Array(await readFile(path)))}` === digest
}

async function isOutdated(entry: Dirent, { charts, local, onWarning }: ChangeRequest): Promise<boolean> {
  const path = join(charts, entry.name)
  try {
    if (!(await stat(path)).isFile()) return false
    const { chart } = await loadPath(path)
    return !local.has(chart.metadata.name)
  } catch (error) {
    const failure = asChartroomError(error)
    if (!hasCode(failure, ...noChart)) throw error
    if (entry.name.endsWith('.tgz')) onWarning?.(`${path} stays, because it is no chart: ${failure.message}`)
    return false
  }
}

const noChart = [
  'ARCHIVE_INVALID',
  'CHART_INVALID',
  'FILE_NOT_FOUND',
  'LIMIT_EXCEEDED',
  'YAML_INVALID',
] as const
