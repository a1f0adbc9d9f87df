import { contentOf } from '../content.ts'
import type { Descriptor, Digest } from '../descriptor.ts'
import { limits } from '../limits.ts'
import { isManifestType } from '../media-type.ts'
import { readContent } from '../stream.ts'
import type {
  ByteStream,
  Content,
  Deleter,
  FetchedManifest,
  FetchOptions,
  ManifestFetcher,
  PushOptions,
  ReferrersFilter,
  Target,
} from '../target.ts'
import { blobExists, fetchBlob } from './blob.ts'
import {
  deleteReference,
  fetchManifestBytes,
  manifestExists,
  readManifest,
  resolveManifest,
} from './manifest.ts'
import { listReferrers } from './referrer.ts'
import type { Session } from './session.ts'
import { deleteManifest, putManifest } from './subject.ts'
import { listTags, putTag } from './tag.ts'
import { mountBlob, pushBlob } from './upload.ts'

/** One repository of a registry (OCI distribution-spec 1.1). */
export class RemoteRepository implements Target, Deleter, ManifestFetcher {
  /** The path, without the host. */
  readonly name: string
  /** With the port, where it is not the scheme's own. */
  readonly host: string
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
    this.name = session.name
    this.host = session.client.base.host
  }

  resolve(reference: string): Promise<Descriptor> {
    return resolveManifest(this.#session, reference)
  }

  fetchManifest(reference: string, options?: FetchOptions): Promise<FetchedManifest> {
    return readManifest(this.#session, reference, options)
  }

  async fetch(descriptor: Descriptor, options: FetchOptions = {}): Promise<ByteStream> {
    if (!isManifestType(descriptor.mediaType)) return fetchBlob(this.#session, descriptor, options)
    const bytes = await fetchManifestBytes(this.#session, descriptor, options)
    return contentOf(bytes).open(options.offset)
  }

  exists(descriptor: Descriptor): Promise<boolean> {
    const ask = isManifestType(descriptor.mediaType) ? manifestExists : blobExists
    return ask(this.#session, descriptor)
  }

  async push(descriptor: Descriptor, content: Content, options: PushOptions = {}): Promise<void> {
    if (!isManifestType(descriptor.mediaType))
      return pushBlob(this.#session, { descriptor, content, options })
    const bytes = await readContent(content, limits.manifestBytes)
    await putManifest(this.#session, { descriptor, reference: descriptor.digest, bytes }, options)
  }

  /** True when the blob is here now because another repository of this registry, `from`, had it. */
  mount(descriptor: Descriptor, from: string): Promise<boolean> {
    return mountBlob(this.#session, descriptor, from)
  }

  async tag(descriptor: Descriptor, tag: string, content?: Content): Promise<void> {
    await putTag(this.#session, { descriptor, tag }, content)
  }

  tags(): AsyncIterable<string> {
    return listTags(this.#session)
  }

  referrers(subject: Descriptor, filter?: ReferrersFilter): AsyncIterable<Descriptor> {
    return listReferrers(this.#session, subject.digest, filter)
  }

  deleteManifest(digest: Digest): Promise<void> {
    return deleteManifest(this.#session, digest)
  }

  deleteTag(tag: string): Promise<void> {
    return deleteReference(this.#session, tag)
  }
}
