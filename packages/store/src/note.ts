import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { hasSystemCode } from './system.ts'

// Longer than any digest or media type that is written to such a file.
const maxBytes = 512

/**
 * The text of a file of one short line, a tag's digest or a manifest's media type; undefined where absent.
 * Synchronous, like all looks at one small file here: a trip through the thread pool costs ten times more, and with
 * our own buffer this takes two thirds of the time of `readFileSync`.
 */
export function readNote(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
  try {
    const buffer = Buffer.allocUnsafe(maxBytes)
    return buffer.toString('latin1', 0, readSync(file, buffer, 0, maxBytes, 0))
  } finally {
    closeSync(file)
  }
}

/** True when the file is there. */
export function isThere(path: string): boolean {
  return existsSync(path)
}

/**
 * Time stamps of a folder are this coarse on some file systems, in milliseconds: what is read sooner after a change
 * than this may already miss the next one.
 */
export const stampMs = 2_000

/** When an entry of the folder was last added, replaced or removed; 0 for an absent folder. Milliseconds since 1970. */
export function changeTime(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
