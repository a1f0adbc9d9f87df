import type { Descriptor, Digest } from '../descriptor.ts'
import { isManifestType } from '../media-type.ts'
import type { ByteStream, Content, Deleter, FetchOptions, ReferrersFilter, Target } from '../target.ts'
import { blobSize, fetchBlob, pushBlob } from './blob.ts'
import type { Layout } from './index-file.ts'
import { prepare } from './index-file.ts'
import { deleteManifest, pushManifest, resolveManifest } from './manifest.ts'
import { listReferrers } from './referrer.ts'
import { deleteTag, listTags, putTag } from './tag.ts'

/**
 * An OCI image layout as one repository; an absent or empty folder becomes one. One process at a time may
 * write to it. Throws `USAGE` for a folder of another version, `IO`, `DISK_FULL`.
 */
export async function openLayout(dir: string): Promise<Target & Deleter> {
  await prepare(dir)
  return new LayoutRepository({ dir, write: { last: Promise.resolve() }, subjects: new Map() })
}

class LayoutRepository implements Target, Deleter {
  readonly #layout: Layout

  constructor(layout: Layout) {
    this.#layout = layout
  }

  resolve(reference: string): Promise<Descriptor> {
    return resolveManifest(this.#layout, reference)
  }

  fetch(descriptor: Descriptor, options?: FetchOptions): Promise<ByteStream> {
    return fetchBlob(this.#layout, descriptor, options)
  }

  async exists({ digest, size }: Descriptor): Promise<boolean> {
    return (await blobSize(this.#layout, digest)) === size
  }

  async push(descriptor: Descriptor, content: Content): Promise<void> {
    const push = isManifestType(descriptor.mediaType) ? pushManifest : pushBlob
    await push(this.#layout, descriptor, content)
  }

  async tag(descriptor: Descriptor, tag: string, content?: Content): Promise<void> {
    await putTag(this.#layout, { descriptor, tag }, content)
  }

  tags(): AsyncIterable<string> {
    return listTags(this.#layout)
  }

  referrers(subject: Descriptor, filter?: ReferrersFilter): AsyncIterable<Descriptor> {
    return listReferrers(this.#layout, subject, filter)
  }

  deleteManifest(digest: Digest): Promise<void> {
    return deleteManifest(this.#layout, digest)
  }

  deleteTag(tag: string): Promise<void> {
    return deleteTag(this.#layout, tag)
  }
}
