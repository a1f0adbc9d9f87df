import { createReadStream, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ChartroomError } from '@chartroom/errors'
import type { ByteStream, Digest } from '@chartroom/oci'
import { digestOf } from '@chartroom/oci'
import type { StoreLimits } from './limits.ts'
import { createMemory } from './memory.ts'
import type { StorePaths } from './path.ts'
import { unlessAbsent } from './system.ts'

/** Both ends inclusive, in bytes, as in HTTP. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** All content of a store by digest, whoever may read it. */
export interface Blobs {
  /** In bytes; undefined where the content is absent. */
  size(digest: Digest): number | undefined
  /** Content that is in memory already; a hit costs no system call. */
  recent(digest: Digest): Uint8Array | undefined
  /** Reads, verifies and keeps content small enough for memory. Undefined where absent, `DIGEST_MISMATCH` where damaged. */
  read(digest: Digest): Promise<Uint8Array | undefined>
  /** Not verified: whoever gets it knows the digest. */
  stream(digest: Digest, range?: ByteRange, signal?: AbortSignal): ByteStream
}

const chunkBytes = 256 * 1024

export function createBlobs(paths: StorePaths, limits: StoreLimits): Blobs {
  const memory = createMemory({ totalBytes: limits.memoryBytes, itemBytes: limits.memoryItemBytes })
  return {
    // Synchronous, here and wherever one small file is looked at: a trip through the thread pool costs ten times more.
    size: (digest) => statSync(paths.blob(digest), { throwIfNoEntry: false })?.size,
    recent: (digest) => memory.get(digest),
    async read(digest) {
      const bytes = await unlessAbsent(readFile(paths.blob(digest)))
      if (bytes === undefined) return undefined
      const found = digestOf(bytes, digest.startsWith('sha512:') ? 'sha512' : 'sha256')
      if (found !== digest) throw damaged(digest, found, paths.blob(digest))
      memory.put(digest, bytes)
      return bytes
    },
    stream: (digest, range, signal) =>
      createReadStream(paths.blob(digest), {
        highWaterMark: chunkBytes,
        ...(range === undefined ? {} : { start: range.start, end: range.end }),
        ...(signal === undefined ? {} : { signal }),
      }),
  }
}

function damaged(digest: Digest, found: Digest, path: string): ChartroomError {
  return new ChartroomError('DIGEST_MISMATCH', `the stored content of ${digest} has the digest ${found}`, {
    op: 'read blob',
    origin: path,
    hint: 'The disk or somebody changed the file: push the content again, which replaces it.',
  })
}
