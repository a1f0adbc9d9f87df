import type { Descriptor, Digest } from './descriptor.ts'

/** Bytes as they arrive; iterating it to the end releases what is behind it, `return()` aborts it. */
export type ByteStream = AsyncIterable<Uint8Array>

/** Content that can be opened again, so that a push survives 401, 307, 5xx and a cut connection. */
export interface Content {
  /** All of it, where it is in memory: sent in one piece, without a stream. */
  readonly bytes?: Uint8Array | undefined
  /** `offset` in bytes from the start of the content. */
  open(offset?: number): ByteStream
}

export interface FetchOptions {
  readonly offset?: number
  readonly signal?: AbortSignal
}

export interface PushOptions {
  readonly signal?: AbortSignal
  /** Total bytes sent of this content so far. */
  readonly onProgress?: (bytes: number) => void
  /** A repository of the same registry that may hold the blob already: mounted instead of sent. */
  readonly mountFrom?: string
  /** Bytes of one part, to send a blob in several requests; by default it goes in one. */
  readonly chunkSize?: number
}

export interface ReferrersFilter {
  readonly artifactType?: string
  /** All tags of the repository, where they were just listed: spares looking for one that keeps referrers. */
  readonly knownTags?: ReadonlySet<string>
}

/** What can be read from one repository, remote, on disk or in memory. */
export interface ReadTarget {
  /** Throws `NOT_FOUND` (or `VERSION_NOT_FOUND`) when the tag or digest is absent. */
  resolve(reference: string): Promise<Descriptor>
  /** Checks size and digest while streaming (unless `offset` is given): the last chunk is withheld on a mismatch. */
  fetch(descriptor: Descriptor, options?: FetchOptions): Promise<ByteStream>
  referrers(subject: Descriptor, filter?: ReferrersFilter): AsyncIterable<Descriptor>
  /** All tags, in the registry's order, pages followed to their end within limits. */
  tags(): AsyncIterable<string>
}

/** One repository that can be written to. */
export interface Target extends ReadTarget {
  exists(descriptor: Descriptor): Promise<boolean>
  /** Blob or manifest, by the descriptor's media type. Idempotent. */
  push(descriptor: Descriptor, content: Content, options?: PushOptions): Promise<void>
  /** Points the tag at content that is already there; `content`, where at hand, saves reading it back. */
  tag(descriptor: Descriptor, tag: string, content?: Content): Promise<void>
}

/** A manifest with its bytes, verified. */
export interface FetchedManifest {
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
}

/** Reads what a tag or digest stands for in one request instead of two; see {@link fetchManifest}. */
export interface ManifestFetcher {
  /** Throws as `resolve` and `fetch` do. */
  fetchManifest(reference: string, options?: FetchOptions): Promise<FetchedManifest>
}

/** Removes a manifest (with all its tags) or one tag. */
export interface Deleter {
  deleteManifest(digest: Digest): Promise<void>
  deleteTag(tag: string): Promise<void>
}

export function canDelete<T extends object>(target: T): target is T & Deleter {
  return 'deleteManifest' in target && 'deleteTag' in target
}
