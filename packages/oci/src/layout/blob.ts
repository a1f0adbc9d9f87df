import { mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asChartroomError } from '@chartroom/errors'
import { fileContent } from '../content.ts'
import type { Descriptor, Digest } from '../descriptor.ts'
import { verifyStream } from '../stream.ts'
import type { ByteStream, Content, FetchOptions } from '../target.ts'
import type { Layout } from './index-file.ts'
import { absent, writeWhole } from './index-file.ts'

/** Bytes in the layout; undefined where the blob is not there. */
export async function blobSize(layout: Layout, digest: Digest): Promise<number | undefined> {
  try {
    return (await stat(pathOf(layout, digest))).size
  } catch (error) {
    const known = asChartroomError(error)
    if (known.code === 'FILE_NOT_FOUND') return undefined
    throw known
  }
}

export async function fetchBlob(
  layout: Layout,
  descriptor: Descriptor,
  { offset = 0 }: FetchOptions = {},
): Promise<ByteStream> {
  if ((await blobSize(layout, descriptor.digest)) === undefined) throw absent(descriptor.digest, layout)
  const stream = fileContent(pathOf(layout, descriptor.digest)).open(offset)
  return offset === 0 ? verifyStream(stream, descriptor) : stream
}

export async function pushBlob(layout: Layout, descriptor: Descriptor, content: Content): Promise<void> {
  if ((await blobSize(layout, descriptor.digest)) === descriptor.size) return
  const path = pathOf(layout, descriptor.digest)
  await mkdir(dirname(path), { recursive: true })
  await writeWhole(path, verifyStream(content.open(), descriptor))
}

// Safe as a path: a digest is one of two words and hexadecimal digits.
function pathOf({ dir }: Layout, digest: Digest): string {
  return join(dir, 'blobs', ...digest.split(':'))
}
