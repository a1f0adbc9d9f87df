import type { Digest } from '@chartroom/oci'
import type { StoreRepository } from '@chartroom/store'
import { fault } from '../error.ts'
import type { Answer, RegistryRequest, Reply } from '../message.ts'
import { parseRange } from '../range.ts'

/** GET and HEAD of `/v2/<name>/blobs/<digest>`. HEAD opens nothing. */
export function blobGet(request: RegistryRequest, repository: StoreRepository, digest: Digest): Answer {
  return sendBlob({ request, repository, digest, headers: { 'docker-content-digest': digest }, memoryBytes })
}

export interface SendOptions {
  readonly request: RegistryRequest
  readonly repository: StoreRepository
  readonly digest: Digest
  readonly headers: Readonly<Record<string, string>>
  readonly memoryBytes?: number | undefined
}

// Smaller content is read whole and kept; a larger one streams.
const memoryBytes = 256 * 1024

/** The blob, or the part that `Range` asks for; BLOB_UNKNOWN where the repository does not hold it. */
export function sendBlob(options: SendOptions): Answer {
  const { request, repository, digest } = options
  const ranged = request.header('range')
  const recent = ranged === undefined ? repository.recentBlob(digest) : undefined
  if (recent !== undefined) return whole(options, recent.length, recent)
  const size = repository.blobSize(digest)
  if (size === undefined) return blobUnknown(repository.name, digest)
  const range = parseRange(ranged, size)
  if (range === 'unsatisfiable') return unsatisfiable(size)
  if (range !== undefined) {
    const { start, end } = range
    const headers = {
      ...whole(options, end - start + 1).headers,
      'content-range': `bytes ${start}-${end}/${size}`,
    }
    if (request.method === 'HEAD') return { status: 206, headers }
    return { status: 206, headers, body: repository.streamBlob(digest, range, request.signal) }
  }
  if (request.method === 'HEAD') return whole(options, size)
  if (size <= memoryBytes) return readWhole(options)
  return whole(options, size, repository.streamBlob(digest, undefined, request.signal))
}

export async function blobDelete(repository: StoreRepository, digest: Digest): Promise<Reply> {
  await repository.deleteBlob(digest)
  return { status: 202, headers: { 'content-length': '0' } }
}

async function readWhole(options: SendOptions): Promise<Reply> {
  const bytes = await options.repository.readBlob(options.digest)
  return bytes === undefined
    ? blobUnknown(options.repository.name, options.digest)
    : whole(options, bytes.length, bytes)
}

function whole(options: SendOptions, size: number, body?: Reply['body']): Reply {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(size),
    'accept-ranges': 'bytes',
    ...options.headers,
  }
  return { status: 200, headers, body: options.request.method === 'HEAD' ? undefined : body }
}

function unsatisfiable(size: number): Reply {
  const headers = { 'content-range': `bytes */${size}` }
  return fault({ status: 416, code: 'SIZE_INVALID', message: `the blob has ${size} bytes`, headers })
}

function blobUnknown(name: string, digest: Digest): Reply {
  return fault({ status: 404, code: 'BLOB_UNKNOWN', message: `${name} does not hold ${digest}` })
}
