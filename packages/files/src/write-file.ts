import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isAlive } from './process.ts'

/** A file's new content, on the disk beside the old one. */
export interface NewContent {
  /** Takes the place of the old content; returns when that is on the disk. */
  place(): Promise<void>
  discard(): Promise<void>
}

/** Replaces a file whole or not at all, and returns when it is on the disk. */
export async function writeDurably(path: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> {
  const content = await prepareDurably(path, bytes, mode)
  await content.place()
}

/** Does what may fail for want of space, and changes nothing yet. */
export async function prepareDurably(
  path: string,
  bytes: Uint8Array | string,
  mode = 0o644,
): Promise<NewContent> {
  // By chance too: in a container the number of a process that was killed may be ours now.
  const temporary = `${path}.${randomBytes(4).toString('hex')}.${process.pid}.tmp`
  const discard = (): Promise<void> => rm(temporary, { force: true })
  await undoneOnError(discard, async () => {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  })
  return {
    discard,
    async place() {
      await undoneOnError(discard, () => rename(temporary, path))
      await syncFolder(dirname(path))
    },
  }
}

/** Removes new content of this file that killed processes left beside it: it may hold secrets. */
export async function discardAbandoned(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    const [, of, pid] = /^(.*)\.[0-9a-f]{8}\.(\d+)\.tmp$/s.exec(name) ?? []
    if (of === basename(path) && !isAlive(Number(pid))) await rm(join(folder, name), { force: true })
  }
}

async function undoneOnError(undo: () => Promise<void>, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await undo()
    throw error
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
