import { open, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartroomError } from '@chartroom/errors'

/** Milliseconds. What is done under the lock, one small file rewritten, takes a few of them. */
const patience = 60_000
const silence = 30_000
const unwritten = 1_000

/**
 * Runs `work` while nobody else holds the lock file. One left by a crash is taken over: at once on the same
 * machine, else when it is half a minute old. Throws `STORE_BUSY`.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + patience
  while (!(await take(path))) {
    if (await isAbandoned(path)) await removeAbandoned(path)
    else if (Date.now() > until) throw busy(path)
    await sleep(5 + Math.random() * 10)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

// One at a time: a second one would remove the lock that the first may hold by then.
async function removeAbandoned(path: string): Promise<void> {
  const guard = `${path}.takeover`
  if (!(await take(guard))) {
    if (await isAbandoned(guard)) await rm(guard, { force: true })
    return
  }
  try {
    if (await isAbandoned(path)) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
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

// The file may go away between any two of these questions: then it is not abandoned, and taken next.
async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return false
  if (Date.now() - found.mtimeMs > silence) return true
  const text = await readFile(path, 'utf8').catch(() => '')
  // Its holder was killed between making it and writing into it.
  if (text === '') return Date.now() - found.mtimeMs > unwritten
  const [pid = '', host = ''] = text.trim().split(' ')
  return host === hostname() && hasEnded(Number(pid))
}

/** True when this machine is sure that there is no such process. */
function hasEnded(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

function busy(path: string): ChartroomError {
  return new ChartroomError('STORE_BUSY', `${path} is held by another process`, {
    hint: 'Wait for it to end; if there is none, remove the file.',
  })
}
