import { ChartroomError, hasCode } from '@chartroom/errors'
import type { Descriptor, Digest } from '../descriptor.ts'
import { digestOf } from '../digest.ts'
import { limits } from '../limits.ts'
import { parseManifest } from '../manifest.ts'
import { manifestMediaTypes, mediaTypes } from '../media-type.ts'
import { isDigest } from '../reference.ts'
import { contentOf, readAll, verifyStream } from '../stream.ts'
import type {
  ByteStream,
  Content,
  Deleter,
  FetchOptions,
  PushOptions,
  ReferrersFilter,
  Target,
} from '../target.ts'
import { discard } from '../transport/transport.ts'
import type { Client, ClientRequest } from './client.ts'
import { pages } from './page.ts'

const accept = manifestMediaTypes.join(', ')

/** One repository of a registry (OCI distribution-spec 1.1). */
export class RemoteRepository implements Target, Deleter {
  readonly name: string
  readonly host: string
  readonly #client: Client

  constructor(client: Client, name: string) {
    this.#client = client
    this.name = name
    this.host = client.base.host
  }

  async resolve(reference: string): Promise<Descriptor> {
    const response = await this.#send({
      method: 'HEAD',
      url: this.#url('manifests', reference),
      headers: { accept },
      ok: [200],
    })
    await discard(response.body)
    const digest = response.headers['docker-content-digest'] ?? (isDigest(reference) ? reference : undefined)
    const size = Number(response.headers['content-length'])
    if (typeof digest !== 'string' || !isDigest(digest) || !Number.isSafeInteger(size))
      return this.#resolveByBytes(reference)
    if (isDigest(reference) && digest !== reference) throw wrongDigest(reference, digest)
    return { mediaType: mediaTypeOf(response.headers['content-type']), digest, size }
  }

  async fetch(descriptor: Descriptor, { offset = 0, signal }: FetchOptions = {}): Promise<ByteStream> {
    const manifest = manifestMediaTypes.includes(descriptor.mediaType)
    const range = offset === 0 ? {} : { range: `bytes=${offset}-` }
    const response = await this.#send({
      method: 'GET',
      url: this.#url(manifest ? 'manifests' : 'blobs', descriptor.digest),
      headers: { ...range, ...(manifest ? { accept } : {}) },
      signal,
      ok: offset === 0 ? [200] : [206],
    })
    return offset === 0 ? verifyStream(response.body, descriptor) : response.body
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    const kind = manifestMediaTypes.includes(descriptor.mediaType) ? 'manifests' : 'blobs'
    const response = await this.#send({
      method: 'HEAD',
      url: this.#url(kind, descriptor.digest),
      headers: kind === 'manifests' ? { accept } : {},
      push: true,
      ok: [200, 404],
    })
    await discard(response.body)
    return response.status === 200
  }

  async push(descriptor: Descriptor, content: Content, options: PushOptions = {}): Promise<void> {
    if (manifestMediaTypes.includes(descriptor.mediaType)) {
      return this.#putManifest(descriptor, descriptor.digest, content)
    }
    const location = await this.#startUpload(descriptor, options)
    if (location === undefined) return
    location.searchParams.append('digest', descriptor.digest)
    const response = await this.#send({
      method: 'PUT',
      url: location,
      headers: { 'content-type': mediaTypes.octets },
      body: content,
      bodySize: descriptor.size,
      push: true,
      ...options,
      ok: [201],
    })
    await discard(response.body)
  }

  async tag(descriptor: Descriptor, tag: string, content?: Content): Promise<void> {
    const known = content ?? contentOf(await readAll(await this.fetch(descriptor), limits.manifestBytes))
    await this.#putManifest(descriptor, tag, known)
  }

  tags(): AsyncIterable<string> {
    return pages(this.#client, { url: this.#url('tags', 'list'), ...this.#scope(false), key: 'tags' })
  }

  async *referrers(subject: Descriptor, filter: ReferrersFilter = {}): AsyncGenerator<Descriptor> {
    const query =
      filter.artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(filter.artifactType)}`
    const response = await this.#send({
      method: 'GET',
      url: `${this.#url('referrers', subject.digest)}${query}`,
      ok: [200, 404],
    })
    const bytes = await readAll(response.body, limits.manifestBytes)
    const index = response.status === 200 ? bytes : await this.#referrersTag(subject.digest)
    if (index === undefined) return
    const manifest = parseManifest(index, mediaTypes.ociIndex)
    for (const one of 'manifests' in manifest ? manifest.manifests : []) {
      if (filter.artifactType === undefined || one.artifactType === filter.artifactType) yield one
    }
  }

  async deleteManifest(digest: Digest): Promise<void> {
    await this.#delete(digest)
  }

  async deleteTag(tag: string): Promise<void> {
    await this.#delete(tag)
  }

  async #delete(reference: string): Promise<void> {
    const response = await this.#client.send({
      method: 'DELETE',
      url: this.#url('manifests', reference),
      scope: `repository:${this.name}:delete,pull`,
      repository: this.name,
      ok: [200, 202],
    })
    await discard(response.body)
  }

  // The tag of the referrers fallback (OCI distribution-spec, Referrers Tag Schema).
  async #referrersTag(digest: Digest): Promise<Uint8Array | undefined> {
    try {
      const descriptor = await this.resolve(digest.replace(':', '-'))
      return await readAll(await this.fetch(descriptor), limits.manifestBytes)
    } catch (error) {
      if (hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND')) return undefined
      throw error
    }
  }

  async #resolveByBytes(reference: string): Promise<Descriptor> {
    const response = await this.#send({
      method: 'GET',
      url: this.#url('manifests', reference),
      headers: { accept },
      ok: [200],
    })
    const bytes = await readAll(response.body, limits.manifestBytes)
    const digest = digestOf(bytes, reference.startsWith('sha512:') ? 'sha512' : 'sha256')
    if (isDigest(reference) && digest !== reference) throw wrongDigest(reference, digest)
    return { mediaType: mediaTypeOf(response.headers['content-type']), digest, size: bytes.length }
  }

  /** Undefined when the blob was mounted. */
  async #startUpload({ digest }: Descriptor, { mountFrom, signal }: PushOptions): Promise<URL | undefined> {
    const query = mountFrom === undefined ? '' : `?mount=${digest}&from=${encodeURIComponent(mountFrom)}`
    const response = await this.#send({
      method: 'POST',
      url: `/v2/${this.name}/blobs/uploads/${query}`,
      headers: {},
      bodySize: 0,
      push: true,
      signal,
      ok: [201, 202],
    })
    await discard(response.body)
    if (response.status === 201) return undefined
    const location = response.headers.location
    if (location === undefined)
      throw new ChartroomError('SERVER_ERROR', `${this.host} opened an upload without saying where`)
    return this.#checkLocation(new URL(location, response.url))
  }

  // An upload elsewhere is legitimate (object storage); a step down from TLS is not. No credential goes there.
  #checkLocation(location: URL): URL {
    if (this.#client.base.protocol === 'https:' && location.protocol !== 'https:') {
      if (location.hostname === this.#client.base.hostname)
        return new URL(location.pathname + location.search, this.#client.base)
      throw new ChartroomError(
        'CREDENTIAL_LEAK_REFUSED',
        `${this.host} wants the upload at ${location.origin}, without TLS`,
      )
    }
    return location
  }

  async #putManifest(descriptor: Descriptor, reference: string, content: Content): Promise<void> {
    const response = await this.#send({
      method: 'PUT',
      url: this.#url('manifests', reference),
      headers: { 'content-type': descriptor.mediaType },
      body: content,
      bodySize: descriptor.size,
      push: true,
      ok: [200, 201, 202],
    })
    await discard(response.body)
  }

  #send({
    push = false,
    ...request
  }: Omit<ClientRequest, 'scope' | 'repository'> & { push?: boolean }): ReturnType<Client['send']> {
    return this.#client.send({ ...request, ...this.#scope(push) })
  }

  #scope(push: boolean): { scope: string; repository: string } {
    return { scope: `repository:${this.name}:${push ? 'pull,push' : 'pull'}`, repository: this.name }
  }

  #url(kind: string, reference: string): string {
    return `/v2/${this.name}/${kind}/${reference}`
  }
}

function mediaTypeOf(header: string | undefined): string {
  return header?.split(';', 1)[0]?.trim() ?? mediaTypes.ociManifest
}

function wrongDigest(wanted: string, found: string): ChartroomError {
  return new ChartroomError('DIGEST_MISMATCH', `${wanted} was asked for, ${found} was answered`)
}
