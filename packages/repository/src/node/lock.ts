import { open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartroomError } from '@chartroom/errors'
import { isAlive } from './process.ts'

/** Milliseconds. */
const patience = 60_000
const heartbeat = 5_000
const silence = 60_000

/**
 * Runs `work` while nobody else holds the lock file. Its holder touches it all the time; one left by a
 * crash is taken over at once on the same machine, and from another machine after a minute's silence.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path)
  const beat = setInterval(() => {
    const now = new Date()
    // A missed beat is made up for by the next one.
    utimes(path, now, now).catch(() => undefined)
  }, heartbeat)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(path, { force: true })
  }
}

async function acquire(path: string): Promise<void> {
  const until = Date.now() + patience
  while (!(await take(path))) {
    if (await isAbandoned(path)) await rm(path, { force: true })
    else if (Date.now() > until) {
      throw new ChartroomError('STORE_BUSY', `${path} is held by another process`, {
        hint: 'Wait for it to end; if there is none, remove the file.',
      })
    } else await sleep(20 + Math.random() * 30)
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(`${process.pid} ${hostname()}\n`)
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

// The file may go away between any two of these questions: then it is not abandoned, and taken next.
async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return false
  if (Date.now() - found.mtimeMs > silence) return true
  const [pid = '', host = ''] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ')
  return host === hostname() && !isAlive(Number(pid))
}
