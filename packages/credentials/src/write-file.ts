import { mkdir, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { discardAbandoned, withLock, writeDurably } from '@chartroom/files'
import type { JsonObject } from './config-file.ts'
import { readConfigRoot } from './config-file.ts'

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
    const target = await targetOf(path)
    const text = JSON.stringify(Object.fromEntries(next), undefined, '\t')
    await discardAbandoned(target)
    await writeDurably(target, text, 0o600)
  })
}

async function targetOf(path: string): Promise<string> {
  return realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return path
    throw error
  })
}
