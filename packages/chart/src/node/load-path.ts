import { open, readFile, stat } from 'node:fs/promises'
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
  const { size, isFolder } = await look(path)
  if (isFolder) return { chart: await readFolder(path) }
  await requireGzip(path)
  if (size > limits.archiveBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `${path} is larger than ${limits.archiveBytes} bytes`, {
      hint: 'No chart that Helm can read is packed to that size.',
    })
  }
  const archive = new Uint8Array(await readFile(path))
  return { chart: loadArchive(archive, nodePorts), archive }
}

async function look(path: string): Promise<{ size: number; isFolder: boolean }> {
  try {
    const stats = await stat(path)
    return { size: stats.size, isFolder: stats.isDirectory() }
  } catch (cause) {
    throw new ChartroomError('FILE_NOT_FOUND', `${path}: no such file or folder`, {
      hint: 'Give a chart folder or an archive such as mychart-1.0.0.tgz.',
      cause,
    })
  }
}

async function requireGzip(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0)
    if (bytesRead === 3 && buffer.equals(Buffer.of(0x1f, 0x8b, 0x08))) return
  } finally {
    await file.close()
  }
  const what = /\.ya?ml$/.test(path)
    ? 'seems to be a YAML file, but expected a gzipped archive'
    : 'does not appear to be a gzipped archive'
  throw new ChartroomError('ARCHIVE_INVALID', `file '${path}' ${what}`, {
    hint: 'Give a chart folder or an archive such as mychart-1.0.0.tgz.',
  })
}
