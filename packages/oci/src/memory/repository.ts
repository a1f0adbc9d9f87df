import { contentOf } from '../content.ts'
import type { Descriptor, Digest } from '../descriptor.ts'
import { isManifestType } from '../media-type.ts'
import type {
  ByteStream,
  Content,
  Deleter,
  FetchedManifest,
  FetchOptions,
  ManifestFetcher,
  ReferrersFilter,
  Target,
} from '../target.ts'
import { pushBlob, readBlob } from './blob.ts'
import { deleteManifest, pushManifest, readManifest } from './manifest.ts'
import { listReferrers } from './referrer.ts'
import type { MemoryState } from './state.ts'
import { deleteTag, putTag } from './tag.ts'

/** One repository in memory, empty at first: for tests, and for content that is made and copied on at once. */
export function memoryTarget(): Target & Deleter & ManifestFetcher {
  return new MemoryRepository()
}

class MemoryRepository implements Target, Deleter, ManifestFetcher {
  readonly #state: MemoryState = { blobs: new Map(), manifests: new Map(), tags: new Map() }

  async resolve(reference: string): Promise<Descriptor> {
    return readManifest(this.#state, reference).descriptor
  }

  async fetchManifest(reference: string): Promise<FetchedManifest> {
    return readManifest(this.#state, reference)
  }

  async fetch(descriptor: Descriptor, { offset = 0 }: FetchOptions = {}): Promise<ByteStream> {
    const bytes = isManifestType(descriptor.mediaType)
      ? readManifest(this.#state, descriptor.digest).bytes
      : readBlob(this.#state, descriptor)
    return contentOf(bytes).open(offset)
  }

  async exists({ mediaType, digest }: Descriptor): Promise<boolean> {
    const { blobs, manifests } = this.#state
    return isManifestType(mediaType) ? manifests.has(digest) : blobs.has(digest)
  }

  async push(descriptor: Descriptor, content: Content): Promise<void> {
    const push = isManifestType(descriptor.mediaType) ? pushManifest : pushBlob
    await push(this.#state, descriptor, content)
  }

  async tag(descriptor: Descriptor, tag: string, content?: Content): Promise<void> {
    await putTag(this.#state, { descriptor, tag }, content)
  }

  async *tags(): AsyncGenerator<string> {
    yield* this.#state.tags.keys()
  }

  async *referrers(subject: Descriptor, filter?: ReferrersFilter): AsyncGenerator<Descriptor> {
    yield* listReferrers(this.#state, subject, filter)
  }

  async deleteManifest(digest: Digest): Promise<void> {
    deleteManifest(this.#state, digest)
  }

  async deleteTag(tag: string): Promise<void> {
    deleteTag(this.#state, tag)
  }
}
