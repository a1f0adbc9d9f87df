import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { syncFolder } from './folder.ts'
import type { StorePaths } from './path.ts'
import { unlessAbsent } from './system.ts'

const kind = 'chartroom-store'
const version = 1
const unfinished = '.format-'

/** Throws `STORE_FORMAT` unless the folder is a store of this version, `FILE_NOT_FOUND` where there is none. */
export async function checkFormat(paths: StorePaths): Promise<void> {
  const text = await unlessAbsent(readFile(paths.format, 'utf8'))
  if (text === undefined) {
    throw new ChartroomError('FILE_NOT_FOUND', `there is no store in ${paths.root}`, {
      hint: 'Publish a chart to it first, or name another folder with --storage.',
    })
  }
  checkText(text, paths)
}

/** Makes an empty or absent folder a store. A folder that holds anything else is left alone: `STORE_FORMAT`. */
export async function ensureFormat(paths: StorePaths): Promise<void> {
  await mkdir(paths.root, { recursive: true })
  const text = await unlessAbsent(readFile(paths.format, 'utf8'))
  if (text !== undefined) {
    checkText(text, paths)
    return
  }
  const foreign = (await readdir(paths.root)).find((name) => !name.startsWith(unfinished))
  if (foreign === undefined) {
    await writeFormat(paths)
    return
  }
  // Another process may have made the store between the two looks.
  if ((await unlessAbsent(readFile(paths.format, 'utf8'))) !== undefined) return
  throw new ChartroomError('STORE_FORMAT', `${paths.root} is no store: it holds ${foreign}`, {
    hint: 'Name an empty or new folder with --storage; nothing was changed in this one.',
  })
}

/** Removes what a process left that was killed while it made the store. */
export async function removeUnfinishedFormat(paths: StorePaths): Promise<void> {
  for (const name of await readdir(paths.root)) {
    if (name.startsWith(unfinished)) await rm(join(paths.root, name), { force: true })
  }
}

async function writeFormat(paths: StorePaths): Promise<void> {
  const temp = join(paths.root, unfinished + randomBytes(6).toString('hex'))
  await writeFile(temp, `${JSON.stringify({ kind, version })}\n`, { flag: 'wx', flush: true })
  // Absent now: another process won, and has removed ours with the rest.
  await unlessAbsent(rename(temp, paths.format))
  await syncFolder(paths.root)
}

function checkText(text: string, paths: StorePaths): void {
  const found = parse(text)
  if (found.kind !== kind) {
    throw new ChartroomError('STORE_FORMAT', `${paths.format} does not describe a store`, {
      hint: 'Name another folder with --storage; nothing was changed in this one.',
    })
  }
  if (found.version !== version) {
    throw new ChartroomError(
      'STORE_FORMAT',
      `the store in ${paths.root} has format ${String(found.version)}, not 1`,
      {
        hint: 'It was written by a newer Chartroom: use that one.',
      },
    )
  }
}

function parse(text: string): { kind?: unknown; version?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
