import { readFile, rm } from 'node:fs/promises'
import { ChartroomError } from '@chartroom/errors'
import type { Digest } from '@chartroom/oci'
import { digestOf } from '@chartroom/oci'
import { noFailpoint } from './failpoint.ts'
import { ensureFormat, removeUnfinishedFormat } from './format.ts'
import { storePaths } from './path.ts'
import { unlessAbsent } from './system.ts'
import { openTempFolder } from './temp.ts'
import { Writer } from './writer.ts'

/** Verified bytes by digest, on disk, shared by processes. */
export interface Cache {
  /** Undefined where absent; damaged content is removed and counts as absent. */
  get(digest: Digest): Promise<Uint8Array | undefined>
  /** Throws `DIGEST_MISMATCH` for bytes that are not the digest's. */
  put(digest: Digest, bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** Opens the cache in this folder, which is made where absent. */
export async function openCache(dir: string): Promise<Cache> {
  const paths = storePaths(dir)
  await ensureFormat(paths)
  await removeUnfinishedFormat(paths)
  const temp = await openTempFolder(paths.uploads)
  const writer = new Writer(temp, noFailpoint)
  return {
    async get(digest) {
      const bytes = await unlessAbsent(readFile(paths.blob(digest)))
      if (bytes === undefined) return undefined
      if (sameDigest(bytes, digest)) return bytes
      await rm(paths.blob(digest), { force: true })
      return undefined
    },
    async put(digest, bytes) {
      if (!sameDigest(bytes, digest)) {
        throw new ChartroomError('DIGEST_MISMATCH', `the bytes to keep are not those of ${digest}`, {
          origin: dir,
        })
      }
      await writer.replace('blob', paths.blob(digest), bytes)
    },
    close: () => temp.close(),
  }
}

function sameDigest(bytes: Uint8Array, digest: Digest): boolean {
  return digestOf(bytes, digest.startsWith('sha512:') ? 'sha512' : 'sha256') === digest
}
