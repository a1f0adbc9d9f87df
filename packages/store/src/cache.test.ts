import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest } from '@chartroom/oci'
import { sha256, sha512, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { openCache } from './cache.ts'

describe('the cache', () => {
  it('gives back what was put, by either algorithm, also when opened again', async () => {
    const dir = temporaryFolder()
    const cache = await openCache(dir)
    for (const digest of [sha256('x'), sha512('x')] as Digest[]) {
      expect(await cache.get(digest)).toBeUndefined()
      await cache.put(digest, Buffer.from('x'))
    }
    await cache.close()
    const again = await openCache(dir)
    expect(String(await again.get(sha256('x') as Digest))).toBe('x')
    expect(String(await again.get(sha512('x') as Digest))).toBe('x')
    await again.close()
  })

  it('drops content that changed on the disk', async () => {
    const dir = temporaryFolder()
    const cache = await openCache(dir)
    const digest = sha256('x') as Digest
    await cache.put(digest, Buffer.from('x'))
    const hex = digest.slice('sha256:'.length)
    const path = join(dir, 'blobs', 'sha256', hex.slice(0, 2), hex)
    writeFileSync(path, 'y')
    expect(await cache.get(digest)).toBeUndefined()
    expect(existsSync(path)).toBe(false)
    await cache.close()
  })

  it('takes no bytes that are not those of the digest', async () => {
    const cache = await openCache(temporaryFolder())
    const put = cache.put(sha256('x') as Digest, Buffer.from('y'))
    await expect(put).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await cache.close()
  })
})
