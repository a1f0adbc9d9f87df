import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'

/** Writes a file whole or not at all; `time` becomes its modification time. */
export async function writeWhole(path: string, bytes: Uint8Array, time?: Date): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeFile(temporary, bytes, { flag: 'wx', flush: true })
    if (time !== undefined) await utimes(temporary, time, time)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

export async function readIfPresent(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
