import { limits } from './limits.ts'
import type { Descriptor } from './descriptor.ts'
import { parseManifest, successors } from './manifest.ts'
import { manifestMediaTypes } from './media-type.ts'
import { contentOf, readAll } from './stream.ts'
import type { ByteStream, Content, ReadTarget, Target } from './target.ts'
import { ChartroomError } from '@chartroom/errors'

export interface CopyOptions {
  /** Blobs moved at once for one manifest; tags at once for all tags. Default 8. */
  readonly concurrency?: number | undefined
  /** Signatures and other referrers go along; default true. */
  readonly referrers?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** Copies what a tag or digest stands for, with all it needs; what is there already is skipped. */
export async function copy(
  [source, reference]: readonly [ReadTarget, string],
  [destination, name]: readonly [Target, string],
  options: CopyOptions = {},
): Promise<Descriptor> {
  const descriptor = await source.resolve(reference)
  await copyGraph({ source, destination, options, done: new Map() }, descriptor, 0)
  if (!name.includes(':')) await destination.tag(descriptor, name)
  return descriptor
}

/** Copies every tag; results in the order of the tags. */
export async function copyAllTags(
  source: ReadTarget,
  destination: Target,
  options: CopyOptions = {},
): Promise<{ tag: string; descriptor: Descriptor }[]> {
  const tags: string[] = []
  for await (const tag of source.tags()) tags.push(tag)
  const results: { tag: string; descriptor: Descriptor }[] = []
  for (const tag of tags)
    results.push({ tag, descriptor: await copy([source, tag], [destination, tag], options) })
  return results
}

interface Copying {
  readonly source: ReadTarget
  readonly destination: Target
  readonly options: CopyOptions
  readonly done: Map<string, Promise<void>>
}

function copyGraph(copying: Copying, descriptor: Descriptor, depth: number): Promise<void> {
  const known = copying.done.get(descriptor.digest) ?? copyNode(copying, descriptor, depth)
  copying.done.set(descriptor.digest, known)
  return known
}

async function copyNode(copying: Copying, descriptor: Descriptor, depth: number): Promise<void> {
  const { source, destination, options } = copying
  if (depth > limits.graphDepth)
    throw new ChartroomError('LIMIT_EXCEEDED', `${descriptor.digest} is nested too deep`)
  if (await destination.exists(descriptor)) return
  if (!manifestMediaTypes.includes(descriptor.mediaType)) {
    await destination.push(
      descriptor,
      readable(source, descriptor),
      options.signal === undefined ? {} : { signal: options.signal },
    )
    return
  }
  const bytes = await readAll(await source.fetch(descriptor), limits.manifestBytes)
  const children = successors(parseManifest(bytes, descriptor.mediaType))
  await Promise.all(children.map((child) => copyGraph(copying, child, depth + 1)))
  await destination.push(descriptor, contentOf(bytes))
  if (options.referrers === false) return
  for await (const referrer of source.referrers(descriptor)) await copyGraph(copying, referrer, depth + 1)
}

function readable(source: ReadTarget, descriptor: Descriptor): Content {
  return {
    async *open(offset = 0): ByteStream {
      yield* await source.fetch(descriptor, { offset })
    },
  }
}
