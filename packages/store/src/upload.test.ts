import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest } from '@chartroom/oci'
import { contentOf } from '@chartroom/oci'

import { sha256, sha512, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { openStore } from './store.ts'

describe('an upload', () => {
  it('grows part by part and knows where the next one starts', async () => {
    const store = await openStore(temporaryFolder())
    const repository = store.repository('a')
    const upload = repository.startUpload()
    await upload.append(bytes('abc'), 0)
    await upload.append(bytes('def'), 3)
    expect(upload.offset).toBe(6)
    await expect(upload.append(bytes('x'), 3)).rejects.toMatchObject({ code: 'UPLOAD_OFFSET' })
    await expect(upload.append(bytes('x'), 7)).rejects.toMatchObject({ code: 'UPLOAD_OFFSET' })
    await repository.finishUpload(upload, sha256('abcdef') as Digest)
    expect(String(await repository.readBlob(sha256('abcdef') as Digest))).toBe('abcdef')
    await expect(upload.append(bytes('x'))).rejects.toMatchObject({ code: 'UPLOAD_OFFSET' })
    await store.close()
  })

  it('takes one part at a time', async () => {
    const store = await openStore(temporaryFolder())
    const upload = store.repository('a').startUpload()
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    async function* slow(): AsyncIterable<Uint8Array> {
      yield Buffer.from('a')
      await gate
    }
    const first = upload.append(slow())
    await expect(upload.append(bytes('b'))).rejects.toMatchObject({ code: 'UPLOAD_OFFSET' })
    await expect(upload.finish(sha256('a') as Digest)).rejects.toMatchObject({ code: 'UPLOAD_OFFSET' })
    release()
    await first
    await upload.finish(sha256('a') as Digest)
    await store.close()
  })

  it('keeps what arrived before the connection broke, and goes on from there', async () => {
    const store = await openStore(temporaryFolder())
    const repository = store.repository('a')
    const upload = repository.startUpload()
    async function* cut(): AsyncIterable<Uint8Array> {
      yield Buffer.from('abc')
      throw new Error('cut')
    }
    await expect(upload.append(cut())).rejects.toThrow('cut')
    expect(upload.offset).toBe(3)
    await upload.append(bytes('def'), 3)
    await repository.finishUpload(upload, sha256('abcdef') as Digest)
    await store.close()
  })

  it('that was begun without an algorithm ends with sha512 too, empty or not', async () => {
    const store = await openStore(temporaryFolder())
    const repository = store.repository('a')
    for (const text of ['', 'abc']) {
      const upload = repository.startUpload()
      if (text !== '') await upload.append(bytes(text))
      await repository.finishUpload(upload, sha512(text) as Digest)
      expect(repository.blobSize(sha512(text) as Digest)).toBe(text.length)
    }
    await store.close()
  })

  it('leaves no file when it is cancelled, also in the middle of a part', async () => {
    const dir = temporaryFolder()
    const store = await openStore(dir)
    const idle = store.repository('a').startUpload()
    await idle.append(bytes('abc'))
    await idle.cancel()
    const busy = store.repository('a').startUpload()
    async function* cancelling(): AsyncIterable<Uint8Array> {
      yield Buffer.from('a')
      await busy.cancel()
      yield Buffer.from('b')
    }
    await expect(busy.append(cancelling())).rejects.toMatchObject({ code: 'ABORTED' })
    expect(store.repository('a').findUpload(busy.id)).toBeUndefined()
    const files = readdirSync(join(dir, 'uploads'), { recursive: true, withFileTypes: true })
    expect(files.filter((entry) => entry.isFile())).toEqual([])
    await store.close()
  })

  it('is known to its own repository alone', async () => {
    const store = await openStore(temporaryFolder())
    const upload = store.repository('a').startUpload()
    expect(store.repository('a').findUpload(upload.id)).toBe(upload)
    expect(store.repository('b').findUpload(upload.id)).toBeUndefined()
    await store.close()
  })
})

function bytes(text: string): AsyncIterable<Uint8Array> {
  return contentOf(Buffer.from(text)).open()
}
