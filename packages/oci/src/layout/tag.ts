import type { Descriptor } from '../descriptor.ts'
import type { Content } from '../target.ts'
import { blobSize } from './blob.ts'
import type { Layout } from './index-file.ts'
import { absent, changeIndex, readIndex, refName } from './index-file.ts'
import { plain, pushManifest } from './manifest.ts'

export async function putTag(
  layout: Layout,
  { descriptor, tag }: { descriptor: Descriptor; tag: string },
  content: Content | undefined,
): Promise<void> {
  if ((await blobSize(layout, descriptor.digest)) === undefined) {
    if (content === undefined) throw absent(descriptor.digest, layout)
    await pushManifest(layout, descriptor, content)
  }
  const tagged = { ...plain(descriptor), annotations: { [refName]: tag } }
  await changeIndex(layout, (entries) => [...untagged(withoutTag(entries, tag), descriptor), tagged])
}

export async function* listTags(layout: Layout): AsyncGenerator<string> {
  for (const { annotations } of await readIndex(layout)) {
    const tag = annotations?.[refName]
    if (tag !== undefined) yield tag
  }
}

export async function deleteTag(layout: Layout, tag: string): Promise<void> {
  const entries = await readIndex(layout)
  if (!entries.some(({ annotations }) => annotations?.[refName] === tag)) throw absent(tag, layout)
  await changeIndex(layout, (all) => withoutTag(all, tag))
}

// A manifest that loses its last tag stays listed by its digest.
function withoutTag(entries: readonly Descriptor[], tag: string): readonly Descriptor[] {
  const lost = entries.find(({ annotations }) => annotations?.[refName] === tag)
  if (lost === undefined) return entries
  const rest = entries.filter((entry) => entry !== lost)
  return rest.some(({ digest }) => digest === lost.digest) ? rest : [...rest, plain(lost)]
}

// The entry by digest alone makes way for one with a tag.
function untagged(entries: readonly Descriptor[], { digest }: Descriptor): readonly Descriptor[] {
  return entries.filter((entry) => entry.digest !== digest || entry.annotations?.[refName] !== undefined)
}
