import type { Descriptor } from '../descriptor.ts'
import { readAll, verifyStream } from '../stream.ts'
import type { Content } from '../target.ts'
import type { MemoryState } from './state.ts'
import { absent } from './state.ts'

export function readBlob({ blobs }: MemoryState, { digest }: Descriptor): Uint8Array {
  const bytes = blobs.get(digest)
  if (bytes === undefined) throw absent(digest)
  return bytes
}

export async function pushBlob(state: MemoryState, descriptor: Descriptor, content: Content): Promise<void> {
  const bytes = await readAll(verifyStream(content.open(), descriptor), descriptor.size)
  state.blobs.set(descriptor.digest, bytes)
}
