import { ChartroomError } from '@chartroom/errors'
import type { Descriptor } from './descriptor.ts'
import { hashFor, wrongDigest, wrongSize } from './digest.ts'
import { join } from './join.ts'
import type { ByteStream, Content } from './target.ts'
import { ResponseBody } from './transport/body.ts'

/** All of a stream. Throws `LIMIT_EXCEEDED` beyond `max` bytes. */
export async function readAll(stream: ByteStream, max: number): Promise<Uint8Array> {
  if (stream instanceof ResponseBody) return stream.readAll(max)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > max) throw new ChartroomError('LIMIT_EXCEEDED', `more than ${max} bytes were sent`)
    chunks.push(chunk)
  }
  return join(chunks, size)
}

/** All of a content; no copy where it is in memory. Throws `LIMIT_EXCEEDED` beyond `max` bytes. */
export async function readContent(content: Content, max: number): Promise<Uint8Array> {
  const { bytes } = content
  return bytes !== undefined && bytes.length <= max ? bytes : readAll(content.open(), max)
}

/**
 * Passes bytes on while it checks size and digest; the last chunk is withheld when they are wrong.
 * Throws `SIZE_MISMATCH`, `DIGEST_MISMATCH`.
 */
export async function* verifyStream(
  stream: ByteStream,
  { digest, size }: Descriptor,
): AsyncGenerator<Uint8Array> {
  const hash = hashFor(digest)
  let seen = 0
  let held: Uint8Array | undefined
  for await (const chunk of stream) {
    seen += chunk.length
    if (seen > size) throw wrongSize(digest, seen, size)
    hash.update(chunk)
    if (held !== undefined) yield held
    held = chunk
  }
  if (seen !== size) throw wrongSize(digest, seen, size)
  const found = `${digest.slice(0, 6)}:${hash.digest('hex')}` as typeof digest
  if (found !== digest) throw wrongDigest(digest, found)
  if (held !== undefined) yield held
}
