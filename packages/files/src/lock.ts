import { open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartroomError } from '@chartroom/errors'
import { isAlive } from './process.ts'

/** Milliseconds. */
const patience = 60_000
const heartbeat = 5_000
const silence = 60_000
const unwritten = 1_000

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
    if (await isAbandoned(path)) await takeOver(path)
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
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Removes an abandoned lock, one process at a time: or a second one would remove the lock of the first. */
async function takeOver(path: string): Promise<void> {
  const guard = `${path}.takeover`
  if (!(await take(guard))) {
    const found = await stat(guard).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > heartbeat) await rm(guard, { force: true })
    await sleep(20)
    return
  }
  try {
    if (await isAbandoned(path)) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
}

// The file may go away between any two of these questions: then it is not abandoned, and taken next.
async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return false
  if (Date.now() - found.mtimeMs > silence) return true
  const text = await readFile(path, 'utf8').catch(() => '')
  // Its holder was killed, or its disk full, between making it and writing into it.
  if (text === '') return Date.now() - found.mtimeMs > unwritten
  const [pid = '', host = ''] = text.trim().split(' ')
  return host === hostname() && !isAlive(Number(pid))
}
