import type { FileHandle } from 'node:fs/promises'
import { open, rename, rm, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Failpoint, WriteKind } from './failpoint.ts'
import { makeFolder, sharedFolderSync } from './folder.ts'
import { hasSystemCode } from './system.ts'
import type { TempFolder } from './temp.ts'

/** A file in this process's temporary folder that nobody else sees. */
export interface TempFile {
  readonly path: string
  readonly handle: FileHandle
}

/** Every change of the store goes through here: what a call has returned from survives kill -9 and power loss. */
export class Writer {
  readonly #temp: TempFolder
  readonly #failpoint: Failpoint
  readonly #sync: (path: string) => Promise<void> = sharedFolderSync()

  constructor(temp: TempFolder, failpoint: Failpoint) {
    this.#temp = temp
    this.#failpoint = failpoint
  }

  /** Puts these bytes in the file's place: a reader sees the old or the new ones, never a part. */
  async replace(kind: WriteKind, path: string, bytes: Uint8Array): Promise<void> {
    const file = await this.create()
    try {
      await this.append(kind, file, { bytes, position: 0 })
    } catch (error) {
      await this.discard(file)
      throw error
    }
    await this.publish(kind, file, path)
  }

  /** An empty file whose being there is what counts. */
  async mark(path: string): Promise<void> {
    this.#temp.checkWritable()
    this.#failpoint('member:before-write')
    await inFolder(path, async () => (await open(path, 'a')).close())
    this.#failpoint('member:after-write')
    await this.#syncFolderOf(path, 'member')
  }

  /** False when it was not there. */
  async remove(path: string): Promise<boolean> {
    this.#temp.checkWritable()
    this.#failpoint('remove:before-unlink')
    try {
      await unlink(path)
    } catch (error) {
      if (hasSystemCode(error, 'ENOENT', 'ENOTDIR')) return false
      throw error
    }
    this.#failpoint('remove:after-unlink')
    await this.#syncFolderOf(path, 'remove')
    return true
  }

  async create(): Promise<TempFile> {
    this.#temp.checkWritable()
    const path = this.#temp.next()
    try {
      return { path, handle: await open(path, 'wx') }
    } catch (error) {
      if (!hasSystemCode(error, 'ENOENT')) throw error
      await this.#temp.restore()
      return { path, handle: await open(path, 'wx') }
    }
  }

  /** Writes all of the bytes at this position. */
  async append(
    kind: WriteKind,
    { handle }: TempFile,
    { bytes, position }: { bytes: Uint8Array; position: number },
  ): Promise<void> {
    this.#failpoint(`${kind}:before-write`)
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
      done += bytesWritten
    }
    this.#failpoint(`${kind}:after-write`)
  }

  /** Syncs the file, closes it and moves it to its place. */
  async publish(kind: WriteKind, file: TempFile, path: string): Promise<void> {
    try {
      this.#failpoint(`${kind}:before-sync`)
      await file.handle.sync()
      this.#failpoint(`${kind}:after-sync`)
      await file.handle.close()
      this.#failpoint(`${kind}:before-rename`)
      await inFolder(path, () => renameOver(file.path, path))
      this.#failpoint(`${kind}:after-rename`)
    } catch (error) {
      await this.discard(file)
      throw error
    }
    await this.#syncFolderOf(path, kind)
  }

  async discard({ path, handle }: TempFile): Promise<void> {
    await handle.close()
    await rm(path, { force: true })
  }

  async #syncFolderOf(path: string, kind: WriteKind | 'remove'): Promise<void> {
    this.#failpoint(`${kind}:before-folder-sync`)
    await this.#sync(dirname(path))
    this.#failpoint(`${kind}:after-folder-sync`)
  }
}

async function inFolder(path: string, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    if (!hasSystemCode(error, 'ENOENT')) throw error
    await makeFolder(dirname(path))
    await action()
  }
}

// Windows refuses to replace a file that somebody is reading just then.
async function renameOver(from: string, to: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const busy = process.platform === 'win32' && hasSystemCode(error, 'EPERM', 'EACCES', 'EBUSY')
      if (!busy || tries === 20) throw error
    }
    await delay(10 * (tries + 1))
  }
}
