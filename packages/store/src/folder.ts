import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes the folder and its parents; each new entry is on disk when this returns. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  const stop = dirname(first)
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    await syncFolder(folder)
    if (folder === stop || folder === dirname(folder)) return
  }
}

/** Makes a folder's entries durable. Windows has no such call: there the file system orders its own journal. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** `syncFolder` for many writers at once: those that arrive while one sync runs share the next. */
export function sharedFolderSync(): (path: string) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const waiting = new Map<string, Promise<void>>()

  async function next(path: string, before: Promise<void> | undefined): Promise<void> {
    // The outcome of the sync before is told to those who waited for it; here only its end counts.
    await before?.then(undefined, () => undefined)
    waiting.delete(path)
    const sync = syncFolder(path)
    running.set(path, sync)
    try {
      await sync
    } finally {
      if (running.get(path) === sync) running.delete(path)
    }
  }

  return (path) => {
    const shared = waiting.get(path)
    if (shared !== undefined) return shared
    const before = running.get(path)
    const own = next(path, before)
    if (before !== undefined) waiting.set(path, own)
    return own
  }
}
