import { open, rm, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartroomError } from '@chartroom/errors'

const patience = 30_000
const stale = 60_000

/** Runs `work` while nobody else holds the lock file; one left by a crash is taken over after a minute. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path: string): Promise<void> {
  const until = Date.now() + patience
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.close()
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (await isStale(path)) await rm(path, { force: true })
    else if (Date.now() > until) {
      throw new ChartroomError('STORE_BUSY', `${path} is held by another process`, {
        hint: 'Wait for it to end; if there is none, remove the file.',
      })
    } else await sleep(20 + Math.random() * 30)
  }
}

async function isStale(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > stale
}
