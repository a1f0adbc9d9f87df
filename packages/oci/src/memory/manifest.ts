import type { Descriptor, Digest } from '../descriptor.ts'
import { isDigest } from '../digest.ts'
import { limits } from '../limits.ts'
import { readAll, verifyStream } from '../stream.ts'
import type { Content, FetchedManifest } from '../target.ts'
import type { MemoryState } from './state.ts'
import { absent } from './state.ts'

export function readManifest({ manifests, tags }: MemoryState, reference: string): FetchedManifest {
  const digest = isDigest(reference) ? reference : tags.get(reference)
  const found = digest === undefined ? undefined : manifests.get(digest)
  if (found === undefined) throw absent(reference)
  return found
}

export async function pushManifest(
  state: MemoryState,
  descriptor: Descriptor,
  content: Content,
): Promise<void> {
  const bytes = await readAll(verifyStream(content.open(), descriptor), limits.manifestBytes)
  const { mediaType, digest, size } = descriptor
  state.manifests.set(digest, { descriptor: { mediaType, digest, size }, bytes })
}

export function deleteManifest(state: MemoryState, digest: Digest): void {
  if (!state.manifests.delete(digest)) throw absent(digest)
  for (const [tag, target] of state.tags) if (target === digest) state.tags.delete(tag)
}
