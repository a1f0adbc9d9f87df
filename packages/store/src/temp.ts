import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { hasSystemCode } from './system.ts'

const heartbeatMs = 30_000
/** A folder of another machine, or of a container that is gone, counts as abandoned after this long without a sign. */
const abandonedMs = 900_000

/** A folder for unfinished files that belongs to one process. */
export interface TempFolder {
  /** Throws where nothing may be written. */
  checkWritable(): void
  /** A path that no file has yet. */
  next(): string
  /** Again, should another process have taken it for abandoned while this one slept. */
  restore(): Promise<void>
  close(): Promise<void>
}

/** Opens this process's folder below `uploads` and removes those of processes that ended without closing theirs. */
export async function openTempFolder(uploads: string): Promise<TempFolder> {
  const path = join(uploads, ownerName())
  await mkdir(path, { recursive: true })
  removeAtExit(path)
  await removeAbandoned(uploads)
  const timer = setInterval(() => void beat(), heartbeatMs)
  timer.unref()

  async function restore(): Promise<void> {
    await mkdir(path, { recursive: true })
  }

  // A missed heartbeat harms nobody: the folder is made again when it is needed.
  async function beat(): Promise<void> {
    const now = new Date()
    await Promise.allSettled([utimes(path, now, now), removeAbandoned(uploads)])
  }

  return {
    checkWritable() {},
    next: () => join(path, randomBytes(12).toString('hex')),
    restore,
    async close() {
      clearInterval(timer)
      openFolders.delete(path)
      if (openFolders.size === 0) process.off('exit', removeOpenFolders)
      await rm(path, { recursive: true, force: true })
    },
  }
}

const openFolders = new Set<string>()

/** A process that ends without closing its store leaves its folder to nobody either. */
function removeAtExit(path: string): void {
  if (openFolders.size === 0) process.once('exit', removeOpenFolders)
  openFolders.add(path)
}

function removeOpenFolders(): void {
  for (const path of openFolders) rmSync(path, { recursive: true, force: true })
  openFolders.clear()
}

interface Owner {
  readonly host: string
  readonly pid: number
  /** Milliseconds since 1970 at which the process began; tells it from another one that got its number. */
  readonly started: number
}

function ownerName(): string {
  const { host, pid, started } = self()
  return [host, pid, started, randomBytes(6).toString('hex')].join('.')
}

function self(): Owner {
  const host = hostname().replace(/[^A-Za-z0-9-]/g, '-')
  return { host, pid: process.pid, started: Math.floor(performance.timeOrigin) }
}

function parseOwner(name: string): Owner | undefined {
  const [host, pid, started] = name.split('.')
  if (host === undefined || !/^\d+$/.test(pid ?? '') || !/^\d+$/.test(started ?? '')) return undefined
  return { host, pid: Number(pid), started: Number(started) }
}

async function removeAbandoned(uploads: string): Promise<void> {
  for (const name of await readdir(uploads)) {
    const path = join(uploads, name)
    if (await isAbandoned(path, parseOwner(name))) await rm(path, { recursive: true, force: true })
  }
}

async function isAbandoned(path: string, owner: Owner | undefined): Promise<boolean> {
  if (owner === undefined) return false
  const mine = self()
  if (owner.host === mine.host) {
    if (owner.pid === mine.pid) return owner.started !== mine.started
    if (!isRunning(owner.pid)) return true
  }
  try {
    return Date.now() - (await stat(path)).mtimeMs > abandonedMs
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT')) return false
    throw error
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !hasSystemCode(error, 'ESRCH')
  }
}
