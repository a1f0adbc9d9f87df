import type {
  ByteStream,
  Content,
  Deleter,
  Descriptor,
  Digest,
  FetchOptions,
  PushOptions,
  ReferrersFilter,
  Target,
} from '@chartroom/oci'
import { manifestMediaTypes, readAll, verifyStream } from '@chartroom/oci'
import type { Blobs, ByteRange } from './blob.ts'
import type { StoreLimits } from './limits.ts'
import type { ManifestWrite } from './manifests.ts'
import { Manifests } from './manifests.ts'
import { changeTime, isThere, stampMs } from './note.ts'
import type { RepositoryPaths, StorePaths } from './path.ts'
import { repositoryPaths } from './path.ts'
import type { Revisions } from './revision.ts'
import type { Sessions } from './sessions.ts'
import type { Algorithm, Upload } from './upload.ts'
import type { Writer } from './writer.ts'

export interface RepositoryContext {
  readonly paths: StorePaths
  readonly limits: StoreLimits
  readonly blobs: Blobs
  readonly sessions: Sessions
  readonly writer: Writer
  readonly revisions: Revisions
  open(name: string): StoreRepository
}

/** One repository of a store. Only what was pushed to it or mounted into it can be read from it. */
export class StoreRepository implements Target, Deleter {
  readonly name: string
  /** The most bytes a manifest may have. */
  readonly manifestBytes: number
  readonly #context: RepositoryContext
  readonly #paths: RepositoryPaths
  readonly #manifests: Manifests

  constructor(name: string, context: RepositoryContext) {
    const { blobs, limits, paths: store, revisions, writer } = context
    const paths = repositoryPaths(store, name)
    this.name = name
    this.manifestBytes = limits.manifestBytes
    this.#context = context
    this.#paths = paths
    this.#manifests = new Manifests({
      name,
      store,
      paths,
      blobs,
      writer,
      maxBytes: limits.manifestBytes,
      hasBlob: (digest) => this.blobSize(digest) !== undefined,
      onChange: () => revisions.bump(name),
    })
  }

  /** True when anything was ever pushed to it. */
  isKnown(): boolean {
    return isThere(this.#paths.folder)
  }

  /** The content's size in bytes; undefined where the repository does not hold the blob. */
  blobSize(digest: Digest): number | undefined {
    return isThere(this.#paths.blob(digest)) ? this.#context.blobs.size(digest) : undefined
  }

  /** The blob if it is in memory and this repository holds it. */
  recentBlob(digest: Digest): Uint8Array | undefined {
    const bytes = this.#context.blobs.recent(digest)
    return bytes !== undefined && isThere(this.#paths.blob(digest)) ? bytes : undefined
  }

  /** The whole blob, verified, and kept in memory where it is small; undefined where this repository has none. */
  async readBlob(digest: Digest): Promise<Uint8Array | undefined> {
    return isThere(this.#paths.blob(digest)) ? this.#context.blobs.read(digest) : undefined
  }

  /** Not verified, for a receiver that verifies. Throws `NOT_FOUND`. */
  streamBlob(digest: Digest, range?: ByteRange, signal?: AbortSignal): ByteStream {
    if (this.blobSize(digest) === undefined) throw this.#manifests.absent(digest)
    return this.#context.blobs.stream(digest, range, signal)
  }

  /** By tag or digest; undefined where absent. */
  findManifest(reference: string): Descriptor | undefined {
    return this.#manifests.find(reference)
  }

  readManifest(digest: Digest): Promise<Uint8Array> {
    return this.#manifests.read(digest)
  }

  /** A manifest that `findManifest` just found, where it is in memory. */
  recentManifest(digest: Digest): Uint8Array | undefined {
    return this.#context.blobs.recent(digest)
  }

  /** Validates, stores and tags; the subject is the one its referrers are now listed under. */
  putManifest(write: ManifestWrite): Promise<{ digest: Digest; subject?: Digest | undefined }> {
    return this.#manifests.put(write)
  }

  /** Sorted by bytes. The same array as before while nothing changed. */
  tagList(): readonly string[] {
    return this.#manifests.tags.list()
  }

  /** By digest, beginning after `after`. */
  listReferrers(
    subject: Digest,
    options?: ReferrersFilter & { after?: string | undefined },
  ): AsyncIterable<Descriptor> {
    return this.#manifests.referrers.list(subject, options)
  }

  /**
   * Another text whenever a tag or a blob was added or removed here, for readers that keep what they made of it.
   * Undefined while the last change is so young that the next may not show.
   */
  changeStamp(): string | undefined {
    const times = [this.#paths.tags, this.#paths.blobs].map(changeTime)
    return Date.now() - Math.max(...times) > stampMs ? times.join(' ') : undefined
  }

  /** When the manifest was pushed here. */
  pushTime(digest: Digest): Date | undefined {
    return this.#manifests.pushTime(digest)
  }

  startUpload(algorithm?: Algorithm): Upload {
    return this.#context.sessions.start(this.name, algorithm)
  }

  /** A session of this repository in this process. */
  findUpload(id: string): Upload | undefined {
    return this.#context.sessions.find(this.name, id)
  }

  /** Ends a session with this digest and makes the blob readable here. */
  async finishUpload(upload: Upload, digest: Digest): Promise<void> {
    await upload.finish(digest)
    await this.#context.writer.mark(this.#paths.blob(digest))
  }

  /** True when the other repository held the blob: it is now held here too. */
  async mount(digest: Digest, from: StoreRepository): Promise<boolean> {
    if (from.blobSize(digest) === undefined) return false
    await this.#context.writer.mark(this.#paths.blob(digest))
    return true
  }

  async deleteBlob(digest: Digest): Promise<void> {
    const { revisions, writer } = this.#context
    if (!(await writer.remove(this.#paths.blob(digest)))) throw this.#manifests.absent(digest)
    await revisions.bump(this.name)
  }

  deleteManifest(digest: Digest): Promise<void> {
    return this.#manifests.delete(digest)
  }

  deleteTag(tag: string): Promise<void> {
    return this.#manifests.deleteTag(tag)
  }

  async resolve(reference: string): Promise<Descriptor> {
    const found = this.findManifest(reference)
    if (found === undefined) throw this.#manifests.absent(reference)
    return found
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    return this.#holds(descriptor)
  }

  async fetch(descriptor: Descriptor, { offset = 0, signal }: FetchOptions = {}): Promise<ByteStream> {
    const { digest } = descriptor
    if (!this.#holds(descriptor)) throw this.#manifests.absent(digest)
    const range = offset === 0 ? undefined : { start: offset, end: Infinity }
    const stream = this.#context.blobs.stream(digest, range, signal)
    return offset === 0 ? verifyStream(stream, descriptor) : stream
  }

  async push({ digest, mediaType }: Descriptor, content: Content, options: PushOptions = {}): Promise<void> {
    if (isManifest(mediaType)) {
      const bytes = await readAll(content.open(), this.manifestBytes)
      await this.putManifest({ bytes, mediaType, digest })
      return
    }
    const from = options.mountFrom === undefined ? undefined : this.#context.open(options.mountFrom)
    if (from === undefined || !(await this.mount(digest, from)))
      await this.#pushBlob(digest, watched(content.open(), options))
  }

  async tag({ digest, mediaType }: Descriptor, tag: string, content?: Content): Promise<void> {
    if (this.#manifests.has(digest)) return this.#manifests.putTag(tag, digest)
    if (content === undefined) throw this.#manifests.absent(digest)
    const bytes = await readAll(content.open(), this.manifestBytes)
    await this.putManifest({ bytes, mediaType, digest, tags: [tag] })
  }

  referrers(subject: Descriptor, filter?: ReferrersFilter): AsyncIterable<Descriptor> {
    return this.listReferrers(subject.digest, filter)
  }

  async *tags(): AsyncIterable<string> {
    yield* this.tagList()
  }

  #holds({ digest, mediaType }: Descriptor): boolean {
    return isManifest(mediaType) ? this.#manifests.has(digest) : this.blobSize(digest) !== undefined
  }

  async #pushBlob(digest: Digest, stream: ByteStream): Promise<void> {
    const upload = this.startUpload(digest.startsWith('sha512:') ? 'sha512' : 'sha256')
    try {
      await upload.append(stream)
    } catch (error) {
      await upload.cancel()
      throw error
    }
    await this.finishUpload(upload, digest)
  }
}

async function* watched(stream: ByteStream, { onProgress, signal }: PushOptions): ByteStream {
  let seen = 0
  for await (const chunk of stream) {
    signal?.throwIfAborted()
    yield chunk
    seen += chunk.length
    onProgress?.(seen)
  }
}

function isManifest(mediaType: string): boolean {
  return manifestMediaTypes.includes(mediaType)
}
