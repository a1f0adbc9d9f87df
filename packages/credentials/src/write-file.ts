import { mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JsonObject } from './config-file.ts'
import { readConfigRoot } from './config-file.ts'
import { withLock } from './lock.ts'

/**
 * Changes a file of logins whole or not at all, for its owner alone to read, while no other process does. Its
 * layout is Docker's: tabs, sorted keys, no line end. A link stays one.
 */
export async function updateConfigFile(
  path: string,
  change: (root: JsonObject) => JsonObject,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await withLock(`${path}.chartroom.lock`, async () => {
    const next = Object.entries(change(readConfigRoot(path) ?? {})).sort(([a], [b]) => (a < b ? -1 : 1))
    await replace(await targetOf(path), JSON.stringify(Object.fromEntries(next), undefined, '\t'))
  })
}

async function targetOf(path: string): Promise<string> {
  return realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return path
    throw error
  })
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.chartroom.tmp`
  // Left by a process that was killed: nobody else is here.
  await rm(temporary, { force: true })
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
