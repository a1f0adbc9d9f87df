import { statSync } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'
import type { Descriptor, Digest } from '@chartroom/oci'
import { digestOf, isDigest } from '@chartroom/oci'
import type { Blobs } from './blob.ts'
import type { ManifestFacts } from './manifest.ts'
import { inspectManifest } from './manifest.ts'
import { isTag } from './name.ts'
import { isThere, readNote } from './note.ts'
import type { RepositoryPaths, StorePaths } from './path.ts'
import { Referrers } from './referrer.ts'
import { Tags } from './tag.ts'
import type { Writer } from './writer.ts'

export interface ManifestWrite {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** The digest the sender expects: `DIGEST_MISMATCH` where the bytes have another. Without it sha256. */
  readonly digest?: Digest | undefined
  readonly tags?: readonly string[] | undefined
}

export interface ManifestsOptions {
  readonly name: string
  readonly store: StorePaths
  readonly paths: RepositoryPaths
  readonly blobs: Blobs
  readonly writer: Writer
  readonly maxBytes: number
  readonly hasBlob: (digest: Digest) => boolean
  readonly onChange: () => Promise<void>
}

/** The manifests of one repository, their tags and who refers to them. */
export class Manifests {
  readonly tags: Tags
  readonly referrers: Referrers
  readonly #options: ManifestsOptions

  constructor(options: ManifestsOptions) {
    const { paths, writer } = options
    this.#options = options
    this.tags = new Tags(paths)
    this.referrers = new Referrers({ paths, writer, hasManifest: (digest) => this.has(digest) })
  }

  has(digest: Digest): boolean {
    return isThere(this.#options.paths.manifest(digest))
  }

  /** By tag or digest; undefined where absent. */
  find(reference: string): Descriptor | undefined {
    const { blobs, paths } = this.#options
    const digest = isDigest(reference)
      ? reference
      : isTag(reference)
        ? this.tags.digest(reference)
        : undefined
    if (digest === undefined) return undefined
    const mediaType = readNote(paths.manifest(digest))
    if (mediaType === undefined) return undefined
    const size = blobs.recent(digest)?.length ?? blobs.size(digest)
    return size === undefined ? undefined : { mediaType, digest, size }
  }

  /** When it was pushed here; undefined where absent. */
  pushTime(digest: Digest): Date | undefined {
    return statSync(this.#options.paths.manifest(digest), { throwIfNoEntry: false })?.mtime
  }

  async read(digest: Digest): Promise<Uint8Array> {
    const { blobs } = this.#options
    const bytes = this.has(digest) ? (blobs.recent(digest) ?? (await blobs.read(digest))) : undefined
    if (bytes === undefined) throw this.absent(digest)
    return bytes
  }

  // The referrer's entry first: it counts for nothing until the manifest is there.
  async put(write: ManifestWrite): Promise<{ digest: Digest; subject?: Digest | undefined }> {
    const { paths, store, writer } = this.#options
    const { bytes, mediaType } = write
    this.#checkSize(bytes)
    const digest = digestOf(bytes, write.digest?.startsWith('sha512:') === true ? 'sha512' : 'sha256')
    if (write.digest !== undefined && write.digest !== digest) throw mismatch(digest, write.digest)
    const facts = inspectManifest(bytes, mediaType)
    this.#checkParts(facts)
    await writer.replace('blob', store.blob(digest), bytes)
    if (facts.subject !== undefined) {
      await this.referrers.add(facts.subject, referrerOf({ mediaType, digest, size: bytes.length }, facts))
    }
    await writer.replace('manifest', paths.manifest(digest), Buffer.from(mediaType))
    for (const tag of write.tags ?? []) await this.putTag(tag, digest)
    return { digest, subject: facts.subject }
  }

  async putTag(tag: string, digest: Digest): Promise<void> {
    const { onChange, paths, writer } = this.#options
    if (!isTag(tag)) throw badTag(tag)
    await writer.replace('tag', paths.tag(tag), Buffer.from(digest))
    // A delete of the manifest that began before may have listed the tags before this one was there.
    if (!this.has(digest)) {
      await this.#removeTags([tag], digest)
      throw this.absent(digest)
    }
    await onChange()
  }

  async deleteTag(tag: string): Promise<void> {
    const { onChange, paths, writer } = this.#options
    if (!isTag(tag) || !(await writer.remove(paths.tag(tag)))) throw this.absent(tag)
    await onChange()
  }

  async delete(digest: Digest): Promise<void> {
    const { onChange, paths, writer } = this.#options
    const found = this.find(digest)
    if (found === undefined) throw this.absent(digest)
    const { subject } = inspectManifest(await this.read(digest), found.mediaType)
    await this.#removeTags(this.tags.pointingAt(digest), digest)
    await writer.remove(paths.manifest(digest))
    // Again for tags that came between the two.
    await this.#removeTags(this.tags.pointingAt(digest), digest)
    if (subject !== undefined) await this.referrers.remove(subject, digest)
    await onChange()
  }

  absent(reference: string): ChartroomError {
    const { name } = this.#options
    return new ChartroomError('NOT_FOUND', `${name} does not hold ${reference}`, {
      origin: name,
      hint: 'List what is there with chartroom versions.',
    })
  }

  async #removeTags(tags: readonly string[], digest: Digest): Promise<void> {
    const { paths, writer } = this.#options
    for (const tag of tags) {
      if (this.tags.digest(tag) === digest) await writer.remove(paths.tag(tag))
    }
  }

  #checkSize(bytes: Uint8Array): void {
    const { maxBytes, name } = this.#options
    if (bytes.length <= maxBytes) return
    throw new ChartroomError('LIMIT_EXCEEDED', `the manifest is larger than ${maxBytes} bytes`, {
      op: 'push manifest',
      origin: name,
      hint: 'Move large annotations or data fields into a layer.',
    })
  }

  #checkParts(facts: ManifestFacts): void {
    const { hasBlob, name } = this.#options
    const missing =
      facts.blobs.find((digest) => !hasBlob(digest)) ??
      facts.manifests.find((digest) => !this.has(digest) && !hasBlob(digest))
    if (missing === undefined) return
    throw new ChartroomError('NOT_FOUND', `the manifest needs ${missing}, which ${name} does not hold`, {
      op: 'push manifest',
      origin: name,
      hint: 'Push the blobs and the manifests it names first.',
    })
  }
}

function referrerOf(descriptor: Descriptor, { artifactType, annotations }: ManifestFacts): Descriptor {
  return {
    ...descriptor,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations === undefined ? {} : { annotations }),
  }
}

function mismatch(found: Digest, wanted: Digest): ChartroomError {
  return new ChartroomError('DIGEST_MISMATCH', `the manifest sent has the digest ${found}, not ${wanted}`, {
    op: 'push manifest',
    hint: 'Send the same bytes that the digest was made of.',
  })
}

function badTag(tag: string): ChartroomError {
  return new ChartroomError('USAGE', `${JSON.stringify(tag)} is not a tag`, {
    hint: 'Use up to 128 letters, digits, dots, dashes and underscores, beginning with no dot or dash.',
  })
}
