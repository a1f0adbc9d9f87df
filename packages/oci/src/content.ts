import { createReadStream } from 'node:fs'
import type { Content } from './target.ts'

/** Content up to this size goes through memory in one piece; larger content streams. */
export const smallContent = 256 * 1024

/** Bytes read from a file at once: larger is no faster to hash, smaller is slower to read. */
const fileChunk = 256 * 1024

/** Content that is in memory. */
export function contentOf(bytes: Uint8Array): Content {
  return {
    bytes,
    async *open(offset = 0) {
      yield offset === 0 ? bytes : bytes.subarray(offset)
    },
  }
}

/** A file's content, read in parts of 256 KiB. */
export function fileContent(path: string): Content {
  return { open: (offset = 0) => createReadStream(path, { start: offset, highWaterMark: fileChunk }) }
}
