import { hasCode } from '@chartroom/errors'
import { contentOf, smallContent } from '../content.ts'
import type { Descriptor } from '../descriptor.ts'
import { verifyBytes, wrongSize } from '../digest.ts'
import { limits } from '../limits.ts'
import { readAll, verifyStream } from '../stream.ts'
import type { ByteStream, FetchOptions } from '../target.ts'
import type { Response } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import type { Session } from './session.ts'
import { brokenAnswer, pathIn, sendIn } from './session.ts'

export async function blobExists(session: Session, { digest }: Descriptor): Promise<boolean> {
  const response = await sendIn(session, {
    method: 'HEAD',
    url: pathIn(session, 'blobs', digest),
    actions: 'pull,push',
    ok: [200, 404],
  })
  discard(response.body)
  return response.status === 200
}

/** Verified from the start on; from an offset the bytes come as they are. A cut connection is taken up again. */
export async function fetchBlob(
  session: Session,
  descriptor: Descriptor,
  { offset = 0, signal }: FetchOptions = {},
): Promise<ByteStream> {
  const download = { session, descriptor, signal }
  if (offset === 0 && descriptor.size <= smallContent) return contentOf(await fetchSmall(download)).open()
  const first = await openAt(download, offset)
  const stream = resuming(download, first, offset)
  return offset === 0 ? verifyStream(stream, descriptor) : stream
}

interface Download {
  readonly session: Session
  readonly descriptor: Descriptor
  readonly signal: AbortSignal | undefined
}

async function fetchSmall(download: Download): Promise<Uint8Array> {
  const { descriptor } = download
  for (let attempt = 1; ; attempt++) {
    const body = await openAt(download, 0)
    try {
      const bytes = await readAll(body, descriptor.size)
      verifyBytes(bytes, descriptor)
      return bytes
    } catch (error) {
      if (hasCode(error, 'LIMIT_EXCEEDED'))
        throw wrongSize(descriptor.digest, descriptor.size + 1, descriptor.size)
      if (!hasCode(error, 'NETWORK', 'TIMEOUT') || attempt >= limits.smallAttempts) throw error
    }
  }
}

async function* resuming(download: Download, first: ByteStream, offset: number): AsyncGenerator<Uint8Array> {
  let at = offset
  let body = first
  for (let resumes = 0; ; resumes++) {
    const from = at
    try {
      for await (const chunk of body) {
        at += chunk.length
        yield chunk
      }
      return
    } catch (error) {
      const cut = hasCode(error, 'NETWORK', 'TIMEOUT') && at > from && at < download.descriptor.size
      if (!cut || resumes >= limits.downloadResumes) throw error
    }
    body = await openAt(download, at)
  }
}

/** The bytes of a blob from `offset` on, whether the registry knows ranges or not. */
async function openAt(download: Download, offset: number): Promise<ByteStream> {
  const { session, descriptor, signal } = download
  const { digest, size } = descriptor
  const response = await sendIn(session, {
    method: 'GET',
    url: pathIn(session, 'blobs', digest),
    headers: offset === 0 ? {} : { range: `bytes=${offset}-` },
    signal,
    ok: offset === 0 ? [200] : [200, 206],
  })
  const partial = response.status === 206
  checkLength(response, descriptor, partial ? size - offset : size)
  if (!partial) return offset === 0 ? response.body : skip(response.body, offset)
  if (startOf(response) === offset) return response.body
  discard(response.body)
  throw brokenAnswer(session, `answered another range than was asked for`)
}

function checkLength({ headers, body }: Response, { digest }: Descriptor, wanted: number): void {
  const length = headers['content-length']
  if (length === undefined || Number(length) === wanted) return
  discard(body)
  throw wrongSize(digest, Number(length), wanted)
}

function startOf({ headers }: Response): number {
  return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1])
}

async function* skip(stream: ByteStream, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of stream) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
