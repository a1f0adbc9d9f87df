import { hasCode } from '@chartroom/errors'
import { checkHandover, nameOf } from '../boundary.ts'
import { contentOf } from '../content.ts'
import type { Descriptor } from '../descriptor.ts'
import { limits } from '../limits.ts'
import { mediaTypes } from '../media-type.ts'
import type { ByteStream, Content, PushOptions } from '../target.ts'
import type { Response } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import { blobExists } from './blob.ts'
import { answerOf } from './registry-answer.ts'
import type { Session } from './session.ts'
import { brokenAnswer, sendIn } from './session.ts'

/** Bytes of a part where a registry, or a proxy before it, refuses the whole. */
const defaultChunk = 16 * 1024 * 1024

interface Upload {
  readonly session: Session
  readonly descriptor: Descriptor
  readonly content: Content
  readonly options: PushOptions
  /** Bytes of a part; undefined for one PUT of everything. */
  chunk: number | undefined
}

/** Where an upload stands. */
interface Position {
  readonly location: URL
  /** Bytes the registry has. */
  readonly offset: number
  readonly minimum: number
}

/**
 * Sends a blob: mounted from another repository where that is asked for and works, else whole in one PUT, in
 * parts where asked for or where the whole is refused (413). What broke off goes on where it stands.
 */
export async function pushBlob(
  session: Session,
  { descriptor, content, options }: { descriptor: Descriptor; content: Content; options: PushOptions },
): Promise<void> {
  const upload: Upload = { session, descriptor, content, options, chunk: options.chunkSize }
  let position = await startOrMount(upload)
  for (let attempt = 1; position !== undefined; attempt++) {
    try {
      return await finish(upload, position)
    } catch (error) {
      if (attempt >= limits.uploadAttempts || !goesOn(upload, error)) throw error
      await session.client.pause(attempt, options.signal)
      // The answer may have been lost after the registry had everything.
      if (await blobExists(session, descriptor)) return
      position = (await standing(upload, position)) ?? (await start(upload))
    }
  }
}

/** True when the blob is there now without having been sent. */
export async function mountBlob(session: Session, descriptor: Descriptor, from: string): Promise<boolean> {
  const content: Content = { open: () => nothing() }
  const upload: Upload = { session, descriptor, content, options: {}, chunk: undefined }
  const position = await start(upload, from)
  if (position === undefined) return true
  const response = await sendIn(session, {
    method: 'DELETE',
    url: position.location,
    actions: 'pull,push',
    ok: [200, 202, 204, 404, 405],
  })
  discard(response.body)
  return false
}

// Whoever may not read the repository to mount from is not kept from sending to this one.
async function startOrMount(upload: Upload): Promise<Position | undefined> {
  try {
    return await start(upload, upload.options.mountFrom)
  } catch (error) {
    if (upload.options.mountFrom === undefined || !hasCode(error, ...mountRefusals)) throw error
    return start(upload)
  }
}

const mountRefusals = [
  'ANONYMOUS_REFUSED',
  'FORBIDDEN',
  'NOT_FOUND',
  'REPOSITORY_NOT_FOUND',
  'UNAUTHENTICATED',
  'USAGE',
] as const

/** Opens an upload; undefined when the blob was mounted instead. */
async function start(
  { session, descriptor, options }: Upload,
  mountFrom?: string,
): Promise<Position | undefined> {
  const { digest } = descriptor
  // Without `from` a registry may mount what it has anywhere, and else opens the upload (distribution-spec,
  // "Mounting a blob from another repository").
  const query = new URLSearchParams({
    mount: digest,
    ...(mountFrom === undefined ? {} : { from: mountFrom }),
  })
  const response = await sendIn(session, {
    method: 'POST',
    url: `/v2/${session.name}/blobs/uploads/?${query.toString()}`,
    bodySize: 0,
    actions: 'pull,push',
    alsoPull: mountFrom,
    ...signalOf(options),
    ok: [201, 202],
  })
  discard(response.body)
  return response.status === 201 ? undefined : positionOf(session, response, { offset: 0 })
}

async function finish(upload: Upload, from: Position): Promise<void> {
  const { descriptor } = upload
  let position = from
  const chunk = upload.chunk === undefined ? undefined : Math.max(upload.chunk, position.minimum)
  // A monolithic PUT is only for uploads that have nothing yet (distribution-spec, POST then PUT).
  const inParts = chunk !== undefined || position.offset > 0
  while (inParts && position.offset < descriptor.size) {
    const end = Math.min(descriptor.size, position.offset + (chunk ?? descriptor.size))
    position = await patch(upload, position, end)
  }
  await put(upload, position, !inParts)
}

async function patch(upload: Upload, { location, offset }: Position, end: number): Promise<Position> {
  const { session, content, options } = upload
  const response = await sendIn(session, {
    method: 'PATCH',
    url: location,
    headers: { 'content-type': mediaTypes.octets, 'content-range': `${offset}-${end - 1}` },
    body: part(content, offset, end),
    bodySize: end - offset,
    actions: 'pull,push',
    retry: false,
    ...signalOf(options),
    onProgress: (sent) => options.onProgress?.(offset + sent),
    // ECR answers 201.
    ok: [201, 202, 204],
  })
  discard(response.body)
  return positionOf(session, response, { offset: end, known: location })
}

async function put(upload: Upload, { location }: Position, whole: boolean): Promise<void> {
  const { session, descriptor, content, options } = upload
  const url = new URL(location)
  url.searchParams.append('digest', descriptor.digest)
  const response = await sendIn(session, {
    method: 'PUT',
    url,
    headers: whole ? { 'content-type': mediaTypes.octets } : {},
    ...(whole ? { body: content, onProgress: options.onProgress } : {}),
    bodySize: whole ? descriptor.size : 0,
    actions: 'pull,push',
    retry: false,
    ...signalOf(options),
    ok: [201, 204],
  })
  discard(response.body)
}

/** Where a broken upload stands by the registry's word; undefined when it is lost. */
async function standing({ session, options }: Upload, { location }: Position): Promise<Position | undefined> {
  const response = await sendIn(session, {
    method: 'GET',
    url: location,
    actions: 'pull,push',
    ...signalOf(options),
    ok: [200, 202, 204, 400, 403, 404, 405, 416],
  })
  discard(response.body)
  const received = /^(?:bytes=)?0-(\d+)$/.exec(String(response.headers.range ?? ''))?.[1]
  if (response.status !== 204 || received === undefined) return undefined
  // `0-0` stands for one byte, and in many registries for none: from the start both are right.
  const offset = received === '0' ? 0 : Number(received) + 1
  return offset === 0 ? undefined : positionOf(session, response, { offset, known: location })
}

/** `known` is where the upload was, should the answer not say it again. */
function positionOf(
  session: Session,
  { headers, url }: Response,
  { offset, known }: { offset: number; known?: URL },
): Position {
  const { location } = headers
  const minimum = Number(headers['oci-chunk-min-length'] ?? 0)
  const next = location === undefined ? known : checkLocation(session, location, url)
  if (next === undefined) throw brokenAnswer(session, 'opened an upload without saying where')
  return { location: next, offset, minimum: Number.isSafeInteger(minimum) && minimum > 0 ? minimum : 0 }
}

// An upload elsewhere is legitimate (object storage): the client sends no credential there. A registry behind
// a proxy that ends TLS often calls itself http: its own host keeps our scheme and port.
function checkLocation(session: Session, location: string, from: URL): URL {
  const url = addressOf(location, from)
  if (url === undefined) throw brokenAnswer(session, 'opened an upload at no address')
  const { base } = session.client
  if (base.protocol === 'https:' && url.protocol === 'http:' && nameOf(url) === nameOf(base))
    return new URL(url.pathname + url.search, base)
  return checkHandover(from, url, base)
}

function addressOf(location: string, from: URL): URL | undefined {
  try {
    return new URL(location, from)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function goesOn(upload: Upload, error: unknown): boolean {
  const { descriptor } = upload
  const status = answerOf(error)?.status
  if (status === 413 && upload.chunk === undefined && descriptor.size > defaultChunk) {
    upload.chunk = defaultChunk
    return true
  }
  // A session that vanished, or that stands elsewhere than we believe, is begun anew.
  if (status === 404 || status === 416) return true
  return hasCode(error, 'NETWORK', 'TIMEOUT', 'SERVER_ERROR', 'RATE_LIMITED') && status !== 501
}

function part(content: Content, start: number, end: number): Content {
  if (content.bytes !== undefined) return contentOf(content.bytes.subarray(start, end))
  return { open: (offset = 0) => firstBytes(content.open(start + offset), end - start - offset) }
}

async function* firstBytes(stream: ByteStream, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of stream) {
    yield chunk.length <= left ? chunk : chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function signalOf({ signal }: PushOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal }
}
