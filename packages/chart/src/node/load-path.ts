import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'
import type { Chart } from '../chart.ts'
import { limits } from '../limits.ts'
import { loadArchive } from '../load-chart.ts'
import { nodePorts } from './ports.ts'
import { readFolder } from './read-folder.ts'

export interface LoadedPath {
  readonly chart: Chart
  /** The archive's bytes, when the path is one. */
  readonly archive?: Uint8Array | undefined
}

/** Reads the chart at a path, folder or archive. Throws as `readFolder` and `loadArchive` do, or `FILE_NOT_FOUND`. */
export async function loadPath(path: string): Promise<LoadedPath> {
  const { size, isFolder } = look(path)
  if (isFolder) return { chart: await readFolder(path) }
  requireGzip(path)
  if (size > limits.archiveBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `${path} is larger than ${limits.archiveBytes} bytes`, {
      hint: 'No chart that Helm can read is packed to that size.',
    })
  }
  const archive = new Uint8Array(readFileSync(path))
  return { chart: loadArchive(archive, nodePorts), archive }
}

function look(path: string): { size: number; isFolder: boolean } {
  try {
    const stats = statSync(path)
    return { size: stats.size, isFolder: stats.isDirectory() }
  } catch (cause) {
    throw new ChartroomError('FILE_NOT_FOUND', `${path}: no such file or folder`, {
      hint: 'Give a chart folder or an archive such as mychart-1.0.0.tgz.',
      cause,
    })
  }
}

function requireGzip(path: string): void {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(3)
    if (readSync(file, buffer) === 3 && buffer.equals(Buffer.of(0x1f, 0x8b, 0x08))) return
  } finally {
    closeSync(file)
  }
  const what = /\.ya?ml$/.test(path)
    ? 'seems to be a YAML file, but expected a gzipped archive'
    : 'does not appear to be a gzipped archive'
  throw new ChartroomError('ARCHIVE_INVALID', `file '${path}' ${what}`, {
    hint: 'Give a chart folder or an archive such as mychart-1.0.0.tgz.',
  })
}
