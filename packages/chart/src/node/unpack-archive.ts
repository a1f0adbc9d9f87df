import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { chartFiles } from '../archive/read-archive.ts'
import type { ChartFile } from '../file.ts'
import { loadArchive } from '../load-chart.ts'
import { nodePorts } from './ports.ts'

/**
 * Writes the files of a chart into a new folder named after the chart, and gives that folder's path. Only
 * regular files are written, each newly created. Throws `CONFLICT` when the folder exists, and as
 * `loadArchive` does; a folder that could not be filled is removed again.
 */
export async function unpackArchive(bytes: Uint8Array, destination: string): Promise<string> {
  const { name } = loadArchive(bytes, nodePorts).metadata
  const files = chartFiles(bytes, nodePorts)
  if (process.platform === 'win32') for (const file of files) checkWindowsName(file.name)
  const folder = join(resolve(destination), name)
  await mkdir(dirname(folder), { recursive: true })
  await createFolder(folder, name)
  try {
    for (const file of files) await writeFile(folder, file)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw asChartroomError(error)
  }
  return folder
}

/** Refuses names that Windows takes for devices, streams or other names. */
export function checkWindowsName(name: string): void {
  const bad = name
    .split('/')
    .find((part) => /[<>:"|?*\p{Cc}]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu.test(part))
  if (bad === undefined) return
  throw new ChartroomError('ARCHIVE_INVALID', `Windows cannot hold a file named ${JSON.stringify(name)}`, {
    hint: 'Keep the chart packed, or unpack it on another system.',
  })
}

/** The one step that claims the folder: it fails for anything that stands there, also a link. */
async function createFolder(folder: string, name: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw asChartroomError(cause)
    throw new ChartroomError(
      'CONFLICT',
      `failed to untar: a file or directory with the name ${folder} already exists`,
      {
        hint: `Remove ${name} there, or choose another folder.`,
        cause,
      },
    )
  }
}

async function writeFile(folder: string, { name, data }: ChartFile): Promise<void> {
  const path = join(folder, ...name.split('/'))
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'wx', 0o644)
  try {
    await file.writeFile(data)
  } finally {
    await file.close()
  }
}
