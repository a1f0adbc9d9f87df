import type { Descriptor } from '../descriptor.ts'
import type { Content } from '../target.ts'
import { pushManifest } from './manifest.ts'
import type { MemoryState } from './state.ts'
import { absent } from './state.ts'

export async function putTag(
  state: MemoryState,
  { descriptor, tag }: { descriptor: Descriptor; tag: string },
  content: Content | undefined,
): Promise<void> {
  if (!state.manifests.has(descriptor.digest)) {
    if (content === undefined) throw absent(descriptor.digest)
    await pushManifest(state, descriptor, content)
  }
  state.tags.set(tag, descriptor.digest)
}

export function deleteTag({ tags }: MemoryState, tag: string): void {
  if (!tags.delete(tag)) throw absent(tag)
}
