import { ChartroomError } from '@chartroom/errors'
import { contentOf, smallContent } from '../content.ts'
import type { Descriptor, Digest } from '../descriptor.ts'
import { limits } from '../limits.ts'
import { parseManifest, successors } from '../manifest.ts'
import { isManifestType, isNondistributable } from '../media-type.ts'
import { RemoteRepository } from '../remote/repository.ts'
import { readAll } from '../stream.ts'
import type { ByteStream, Content, FetchedManifest, ReadTarget, Target } from '../target.ts'

export interface CopyOptions {
  /** Blobs moved at once, and tags looked at once. Default 8. */
  readonly concurrency?: number | undefined
  /** Signatures and other referrers go along; default true. */
  readonly referrers?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  /** Told of each manifest and blob that was sent or mounted. */
  readonly onCopied?: ((descriptor: Descriptor) => void) | undefined
  /** Told of each manifest and blob that was there already. */
  readonly onSkipped?: ((descriptor: Descriptor) => void) | undefined
}

export interface Copying {
  readonly source: ReadTarget
  readonly destination: Target
  readonly options: CopyOptions
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>
  /** What was copied or found, or is on its way. */
  readonly done: Map<Digest, Promise<void>>
  /** Manifests and blobs met below one reference. */
  readonly count: { nodes: number }
  /** Manifests whose referrers are still to be looked for. */
  readonly subjects: Descriptor[]
  /** Manifests whose referrers were looked for. */
  readonly asked: Set<Digest>
  /** The destination holds nothing yet as far as its list of tags tells. */
  readonly fresh: boolean
  /** Tags of the source, where they were listed. */
  readonly sourceTags?: ReadonlySet<string> | undefined
}

/** One manifest or blob on the way, below how many others. */
interface Node {
  readonly descriptor: Descriptor
  readonly depth: number
}

/** Everything below a manifest; the manifest itself is the caller's to put. */
export async function copyBelow(copying: Copying, manifest: FetchedManifest, depth = 0): Promise<void> {
  const children = successors(parseManifest(manifest.bytes, manifest.descriptor.mediaType))
  const wanted = children.filter(({ mediaType }) => !isNondistributable(mediaType))
  await settled(wanted.map((descriptor) => copyNode(copying, { descriptor, depth: depth + 1 })))
}

/**
 * Signatures and whatever else names a manifest as its subject, for this one and all that were copied, unless
 * they are to stay behind. Only after those manifests: a referrer waits for its subject, so that a subject
 * that waited for its referrers would wait for ever.
 */
export async function copyReferrers(copying: Copying, manifest: Descriptor): Promise<void> {
  const { source, options, sourceTags, subjects } = copying
  if (options.referrers === false) return
  subjects.push(manifest)
  const filter = sourceTags === undefined ? {} : { knownTags: sourceTags }
  for (let subject = subjects.shift(); subject !== undefined; subject = subjects.shift()) {
    if (copying.asked.has(subject.digest)) continue
    copying.asked.add(subject.digest)
    for await (const descriptor of source.referrers(subject, filter))
      await copyNode(copying, { descriptor, depth: 1 })
  }
}

export function copyNode(copying: Copying, node: Node): Promise<void> {
  const { digest } = node.descriptor
  const known = copying.done.get(digest)
  if (known !== undefined) return known
  if (node.depth > limits.graphDepth || ++copying.count.nodes > limits.graphNodes) throw tooDeep(node)
  const copied = isManifestType(node.descriptor.mediaType)
    ? copyManifest(copying, node)
    : copying.limit(() => copyBlob(copying, node.descriptor))
  copying.done.set(digest, copied)
  return copied
}

async function copyManifest(copying: Copying, { descriptor, depth }: Node): Promise<void> {
  const { source, destination, options, limit } = copying
  if (!copying.fresh && (await limit(() => destination.exists(descriptor)))) {
    options.onSkipped?.(descriptor)
  } else {
    const bytes = await limit(async () =>
      readAll(await source.fetch(descriptor, signalOf(options)), limits.manifestBytes),
    )
    await copyBelow(copying, { descriptor, bytes }, depth)
    await limit(() => destination.push(descriptor, contentOf(bytes), signalOf(options)))
    options.onCopied?.(descriptor)
  }
  copying.subjects.push(descriptor)
}

async function copyBlob(copying: Copying, descriptor: Descriptor): Promise<void> {
  const { source, destination, options, fresh } = copying
  const mountFrom = mountSource(source, destination)
  const small = descriptor.size <= smallContent
  // A small blob is sent to an empty repository without asking; a mount asks by itself.
  if (mountFrom === undefined && !(fresh && small) && (await destination.exists(descriptor))) {
    options.onSkipped?.(descriptor)
    return
  }
  const content =
    small && mountFrom === undefined
      ? contentOf(await readAll(await source.fetch(descriptor, signalOf(options)), smallContent))
      : readable(source, descriptor, options)
  await destination.push(descriptor, content, {
    ...signalOf(options),
    ...(mountFrom === undefined ? {} : { mountFrom }),
  })
  options.onCopied?.(descriptor)
}

/** The repository to mount from, where both are of one registry. */
function mountSource(source: ReadTarget, destination: Target): string | undefined {
  if (!(source instanceof RemoteRepository) || !(destination instanceof RemoteRepository)) return undefined
  return source.host === destination.host && source.name !== destination.name ? source.name : undefined
}

function readable(source: ReadTarget, descriptor: Descriptor, options: CopyOptions): Content {
  return {
    async *open(offset = 0): ByteStream {
      yield* await source.fetch(descriptor, { offset, ...signalOf(options) })
    },
  }
}

// All of them come to an end before the first failure is told: nothing goes on behind the caller's back.
async function settled(works: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) {
    if (result.status === 'rejected') throw result.reason
  }
}

function signalOf({ signal }: CopyOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal }
}

function tooDeep({ descriptor }: Node): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `${descriptor.digest} stands below too many others`, {
    hint: 'No chart is built like that: look at what it holds before you copy it.',
  })
}
