import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'
import type { Descriptor } from './descriptor.ts'
import type { ByteStream, Content } from './target.ts'

/** Content that is in memory. */
export function contentOf(bytes: Uint8Array): Content {
  return {
    async *open(offset = 0) {
      yield offset === 0 ? bytes : bytes.subarray(offset)
    },
  }
}

/** A file's content, read in parts of 256 KiB. */
export function fileContent(path: string): Content {
  return { open: (offset = 0) => createReadStream(path, { start: offset, highWaterMark: 256 * 1024 }) }
}

/** All of a stream. Throws `LIMIT_EXCEEDED` beyond `max` bytes. */
export async function readAll(stream: ByteStream, max: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > max) throw new ChartroomError('LIMIT_EXCEEDED', `more than ${max} bytes were sent`)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined
    ? chunks[0]
    : new Uint8Array(Buffer.concat(chunks, size))
}

/** Passes bytes on while it checks size and digest; the last chunk is withheld when they are wrong. */
export async function* verifyStream(
  stream: ByteStream,
  { digest, size }: Descriptor,
): AsyncGenerator<Uint8Array> {
  const hash = createHash(digest.startsWith('sha512:') ? 'sha512' : 'sha256')
  let seen = 0
  let held: Uint8Array | undefined
  for await (const chunk of stream) {
    seen += chunk.length
    if (seen > size)
      throw new ChartroomError('SIZE_MISMATCH', `${digest} is longer than the ${size} bytes it should have`)
    hash.update(chunk)
    if (held !== undefined) yield held
    held = chunk
  }
  if (seen !== size) throw new ChartroomError('SIZE_MISMATCH', `${digest} has ${seen} bytes, not ${size}`)
  const actual = `${digest.slice(0, 6)}:${hash.digest('hex')}`
  if (actual !== digest)
    throw new ChartroomError('DIGEST_MISMATCH', `the bytes of ${digest} have the digest ${actual}`)
  if (held !== undefined) yield held
}
