import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contentOf, mediaTypes } from '@chartroom/oci'
import type { Descriptor, Digest } from '@chartroom/oci'
import { sha256, sha512, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import type { Store } from './store.ts'
import { openStore } from './store.ts'

describe('a store', () => {
  it('is made in an absent folder and opens again', async () => {
    const dir = join(temporaryFolder(), 'new', 'store')
    await (await openStore(dir)).close()
    const store = await openStore(dir)
    expect(readdirSync(dir)).toContain('format.json')
    await store.close()
  })

  it('is not made in a folder that holds something else', async () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'thesis.txt'), 'precious')
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'STORE_FORMAT' })
    expect(readdirSync(dir)).toEqual(['thesis.txt'])
  })

  it.each([
    ['of a newer version', '{"kind":"chartroom-store","version":2}'],
    ['of another kind', '{"kind":"other"}'],
    ['that is no JSON', 'x'],
  ])('with a format file %s is refused', async (_, text) => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'format.json'), text)
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'STORE_FORMAT' })
    await expect(openStore(dir, { readOnly: true })).rejects.toMatchObject({ code: 'STORE_FORMAT' })
  })

  it('that is absent cannot be opened for reading only', async () => {
    const dir = join(temporaryFolder(), 'absent')
    await expect(openStore(dir, { readOnly: true })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    expect(existsSync(dir)).toBe(false)
  })

  it('opened for reading only refuses every write and leaves no trace', async () => {
    const dir = temporaryFolder()
    const writable = await openStore(dir)
    const { digest } = await pushImage(writable, 'a', 'one', ['v1'])
    await writable.close()
    const store = await openStore(dir, { readOnly: true })
    const repository = store.repository('a')
    const blob = descriptorOf('new')
    await expect(repository.push(blob, contentOf(Buffer.from('new')))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(repository.deleteTag('v1')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(repository.deleteManifest(digest)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(store.repository('b').mount(sha256('one') as Digest, repository)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect((await repository.resolve('v1')).digest).toBe(digest)
    expect(readdirSync(join(dir, 'uploads'))).toEqual([])
  })

  it('refuses a repository name that is none', async () => {
    const store = await openStore(temporaryFolder())
    for (const name of ['', '..', 'a/../b', 'A', '_blobs', 'a//b', '/a', 'a/', 'a.', 'x'.repeat(241)]) {
      expect(() => store.repository(name), name).toThrowError(expect.objectContaining({ code: 'USAGE' }))
    }
    await store.close()
  })

  it('lists repositories with a manifest, sorted by bytes, after a name, below a namespace', async () => {
    const store = await openStore(temporaryFolder())
    for (const name of ['a/c', 'a', 'a-b', 'b/x/y', 'b/x']) await pushImage(store, name, name, [])
    await push(store, 'blob-only', 'z')
    expect(await all(store.repositories())).toEqual(['a', 'a-b', 'a/c', 'b/x', 'b/x/y'])
    expect(await all(store.repositories({ after: 'a-b' }))).toEqual(['a/c', 'b/x', 'b/x/y'])
    expect(await all(store.repositories({ after: 'b/x' }))).toEqual(['b/x/y'])
    expect(await all(store.repositories({ namespace: 'b', direct: true }))).toEqual(['b/x'])
    expect(await all(store.repositories({ namespace: '', direct: true }))).toEqual(['a', 'a-b'])
    await store.close()
  })

  it('forgets repositories opened long ago, not what they hold', async () => {
    const store = await openStore(temporaryFolder(), { limits: { openRepositories: 1 } })
    const { digest } = await pushImage(store, 'a', 'one', ['v1'])
    store.repository('b')
    expect((await store.repository('a').resolve('v1')).digest).toBe(digest)
    await store.close()
  })

  it('counts the changes in a namespace, also those of another process', async () => {
    const dir = temporaryFolder()
    const [one, other] = [await openStore(dir), await openStore(dir)]
    expect(one.revision('charts')).toBe(0)
    const { digest } = await pushImage(other, 'charts/a', 'one', ['v1'])
    const pushed = one.revision('charts')
    expect(pushed).toBeGreaterThan(0)
    await other.repository('charts/a').deleteTag('v1')
    const untagged = one.revision('charts')
    expect(untagged).toBeGreaterThan(pushed)
    await other.repository('charts/a').deleteManifest(digest)
    expect(one.revision('charts')).toBeGreaterThan(untagged)
    expect(one.revision('')).toBe(0)
    await Promise.all([one.close(), other.close()])
  })
})

describe('a repository', () => {
  it('gives back what was pushed, by tag and by digest, with sha256 and sha512', async () => {
    const store = await openStore(temporaryFolder())
    const repository = store.repository('a/b')
    const text = 'content'
    for (const digest of [sha256(text), sha512(text)] as Digest[]) {
      const blob = { mediaType: mediaTypes.octets, digest, size: text.length }
      expect(await repository.exists(blob)).toBe(false)
      await repository.push(blob, contentOf(Buffer.from(text)))
      expect(await repository.exists(blob)).toBe(true)
      expect(await read(repository.fetch(blob))).toBe(text)
      expect(await read(repository.fetch(blob, { offset: 3 }))).toBe('tent')
    }
    const manifest = await pushImage(store, 'a/b', text, ['v1', 'latest'])
    expect(await repository.resolve('latest')).toEqual(manifest)
    expect(await repository.resolve(manifest.digest)).toEqual(manifest)
    expect(await all(repository.tags())).toEqual(['latest', 'v1'])
    await store.close()
  })

  it('does not give out what only another one holds, whoever knows the digest', async () => {
    const store = await openStore(temporaryFolder())
    const { digest } = await pushImage(store, 'private', 'secret', ['v1'])
    const other = store.repository('public')
    const blob = descriptorOf('secret')
    expect(await other.exists(blob)).toBe(false)
    expect(other.blobSize(blob.digest)).toBeUndefined()
    expect(other.recentBlob(blob.digest)).toBeUndefined()
    expect(await other.readBlob(blob.digest)).toBeUndefined()
    expect(() => other.streamBlob(blob.digest)).toThrowError(expect.objectContaining({ code: 'NOT_FOUND' }))
    await expect(other.fetch(blob)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(other.resolve(digest)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      other.tag({ mediaType: mediaTypes.ociManifest, digest, size: 1 }, 'x'),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await store.close()
  })

  it('mounts from a repository that holds the blob, and finds one that does', async () => {
    const store = await openStore(temporaryFolder())
    const blob = await push(store, 'a', 'shared')
    const target = store.repository('b')
    expect(await target.mount(blob.digest, store.repository('c'))).toBe(false)
    expect((await store.findHolder(blob.digest))?.name).toBe('a')
    expect(await store.findHolder(blob.digest, (name) => name !== 'a')).toBeUndefined()
    expect(await store.findHolder(sha256('absent') as Digest)).toBeUndefined()
    await target.push(blob, failingContent(), { mountFrom: 'a' })
    expect(await target.exists(blob)).toBe(true)
    await store.repository('a').deleteBlob(blob.digest)
    expect(await store.repository('a').exists(blob)).toBe(false)
    expect(await read(target.fetch(blob))).toBe('shared')
    await target.deleteBlob(blob.digest)
    expect(await store.findHolder(blob.digest)).toBeUndefined()
    await store.close()
  })

  it('shows an empty repository to those who may not read one', async () => {
    const store = await openStore(temporaryFolder())
    const { digest } = await pushImage(store, 'a', 'one', ['v1'])
    const empty = store.emptyRepository('a')
    expect([empty.name, empty.isKnown(), empty.tagList()]).toEqual(['a', false, []])
    expect([empty.findManifest('v1'), empty.findManifest(digest)]).toEqual([undefined, undefined])
    await expect(empty.deleteTag('v1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(empty.deleteManifest(digest)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(store.repository('a').tagList()).toEqual(['v1'])
    expect(() => store.emptyRepository('A')).toThrowError(expect.objectContaining({ code: 'USAGE' }))
    await store.close()
  })

  it('honours at once what another process deleted', async () => {
    const dir = temporaryFolder()
    const [one, other] = [await openStore(dir), await openStore(dir)]
    const manifest = await pushImage(one, 'a', 'one', ['v1'])
    const blob = descriptorOf('one')
    await one.repository('a').readBlob(blob.digest)
    await one.repository('a').readManifest(manifest.digest)
    expect(one.repository('a').recentBlob(blob.digest)).toBeDefined()
    await other.repository('a').deleteManifest(manifest.digest)
    await other.repository('a').deleteBlob(blob.digest)
    expect(one.repository('a').recentBlob(blob.digest)).toBeUndefined()
    expect(one.repository('a').findManifest(manifest.digest)).toBeUndefined()
    expect(one.repository('a').findManifest('v1')).toBeUndefined()
    expect(one.repository('a').tagList()).toEqual([])
    await Promise.all([one.close(), other.close()])
  })

  it('tells how far a push is, and ends it when it is told to', async () => {
    const dir = temporaryFolder()
    const store = await openStore(dir)
    const progress: number[] = []
    const controller = new AbortController()
    const onProgress = (bytes: number): void => {
      progress.push(bytes)
      if (bytes === 4) controller.abort()
    }
    const content = {
      async *open(): AsyncIterable<Uint8Array> {
        yield Buffer.from('ab')
        yield Buffer.from('cd')
        yield Buffer.from('ef')
      },
    }
    const pushed = store
      .repository('a')
      .push(descriptorOf('abcdef'), content, { onProgress, signal: controller.signal })
    await expect(pushed).rejects.toMatchObject({ name: 'AbortError' })
    expect(progress).toEqual([2, 4])
    expect(filesBelow(join(dir, 'uploads'))).toEqual([])
    await store.close()
  })

  it('refuses content that is not what its digest says, and keeps none of it', async () => {
    const dir = temporaryFolder()
    const store = await openStore(dir)
    const wrong = { ...descriptorOf('right'), size: 5 }
    const pushed = store.repository('a').push(wrong, contentOf(Buffer.from('wrong')))
    await expect(pushed).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    const manifest = { ...wrong, mediaType: mediaTypes.ociManifest }
    const asManifest = store.repository('a').push(manifest, contentOf(Buffer.from('{}')))
    await expect(asManifest).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(filesBelow(join(dir, 'uploads'))).toEqual([])
    expect(existsSync(join(dir, 'blobs'))).toBe(false)
    await store.close()
  })

  it('notices content that changed on the disk', async () => {
    const dir = temporaryFolder()
    const store = await openStore(dir)
    const blob = await push(store, 'a', 'intact')
    const hex = blob.digest.slice('sha256:'.length)
    writeFileSync(join(dir, 'blobs', 'sha256', hex.slice(0, 2), hex), 'rotten')
    await expect(store.repository('a').readBlob(blob.digest)).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    })
    await expect(read(store.repository('a').fetch(blob))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await push(store, 'a', 'intact')
    expect(await read(store.repository('a').fetch(blob))).toBe('intact')
    await store.close()
  })

  it('deletes a manifest with all its tags, and a tag alone', async () => {
    const store = await openStore(temporaryFolder())
    const repository = store.repository('a')
    const first = await pushImage(store, 'a', 'one', ['v1', 'latest'])
    const second = await pushImage(store, 'a', 'two', ['v2'])
    await repository.tag(second, 'latest')
    await repository.deleteManifest(first.digest)
    expect(repository.tagList()).toEqual(['latest', 'v2'])
    await repository.deleteTag('latest')
    expect(repository.tagList()).toEqual(['v2'])
    expect((await repository.resolve('v2')).digest).toBe(second.digest)
    await expect(repository.deleteTag('latest')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(repository.deleteManifest(first.digest)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(repository.deleteBlob(sha256('absent') as Digest)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await store.close()
  })

  it('tells tags apart by case', async () => {
    const store = await openStore(temporaryFolder())
    const upper = await pushImage(store, 'a', 'one', ['RC1', 'X'.repeat(128)])
    const lower = await pushImage(store, 'a', 'two', ['rc1', 'con', 'v1.'])
    const repository = store.repository('a')
    expect((await repository.resolve('RC1')).digest).toBe(upper.digest)
    expect((await repository.resolve('rc1')).digest).toBe(lower.digest)
    expect(repository.tagList()).toEqual(['RC1', 'X'.repeat(128), 'con', 'rc1', 'v1.'])
    await store.close()
  })

  it('lists referrers of a subject, pushed before or after it, by type', async () => {
    const store = await openStore(temporaryFolder())
    const repository = store.repository('a')
    const subject = descriptorOf('a subject that comes later')
    const config = await push(store, 'a', '{}')
    const sbom = await pushManifest(store, 'a', {
      config,
      subject,
      artifactType: 'sbom',
      annotations: { k: 'v' },
    })
    const plain = await pushManifest(store, 'a', { config, subject })
    expect(sbom.subject).toBe(subject.digest)
    const all1 = await all(repository.referrers(subject))
    expect(all1.map(({ digest }) => digest).sort()).toEqual([sbom.digest, plain.digest].sort())
    expect(await all(repository.referrers(subject, { artifactType: 'sbom' }))).toMatchObject([
      {
        digest: sbom.digest,
        artifactType: 'sbom',
        annotations: { k: 'v' },
        mediaType: mediaTypes.ociManifest,
      },
    ])
    expect(await all(repository.referrers(subject, { artifactType: mediaTypes.octets }))).toMatchObject([
      { digest: plain.digest },
    ])
    await repository.deleteManifest(sbom.digest)
    expect(await all(repository.referrers(subject))).toHaveLength(1)
    expect(await all(store.repository('b').referrers(subject))).toEqual([])
    await store.close()
  })
})

describe('the limits of a store', () => {
  it('hold for a manifest, a blob and the number of uploads', async () => {
    const limits = { manifestBytes: 10, blobBytes: 4, uploads: 1 }
    const store = await openStore(temporaryFolder(), { limits })
    const repository = store.repository('a')
    const large = { bytes: Buffer.alloc(11), mediaType: mediaTypes.ociManifest }
    await expect(repository.putManifest(large)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await expect(push(store, 'a', '12345')).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    repository.startUpload()
    expect(() => repository.startUpload()).toThrowError(expect.objectContaining({ code: 'RATE_LIMITED' }))
    await store.close()
  })

  it('hold for the time an upload may be silent', async () => {
    const dir = temporaryFolder()
    const store = await openStore(dir, { limits: { uploadIdleMs: 20 } })
    const upload = store.repository('a').startUpload()
    await upload.append(contentOf(Buffer.from('x')).open())
    await expect.poll(() => filesBelow(join(dir, 'uploads'))).toEqual([])
    expect(store.repository('a').findUpload(upload.id)).toBeUndefined()
    await store.close()
  })
})

function descriptorOf(text: string): Descriptor {
  return { mediaType: mediaTypes.octets, digest: sha256(text) as Digest, size: Buffer.byteLength(text) }
}

async function push(store: Store, name: string, text: string): Promise<Descriptor> {
  const descriptor = descriptorOf(text)
  await store.repository(name).push(descriptor, contentOf(Buffer.from(text)))
  return descriptor
}

async function pushImage(
  store: Store,
  name: string,
  text: string,
  tags: readonly string[],
): Promise<Descriptor> {
  const config = await push(store, name, text)
  const { digest, size } = await pushManifest(store, name, { config }, tags)
  return { mediaType: mediaTypes.ociManifest, digest, size }
}

async function pushManifest(
  store: Store,
  name: string,
  fields: object,
  tags: readonly string[] = [],
): Promise<{ digest: Digest; subject?: Digest | undefined; size: number }> {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, layers: [], ...fields }))
  const put = await store.repository(name).putManifest({ bytes, mediaType: mediaTypes.ociManifest, tags })
  return { ...put, size: bytes.length }
}

function failingContent(): { open(): never } {
  return {
    open() {
      throw new Error('the content must not be read')
    },
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

async function read(stream: Promise<AsyncIterable<Uint8Array>>): Promise<string> {
  return Buffer.concat(await all(await stream)).toString()
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}
