import { ChartroomError, hasCode } from '@chartroom/errors'
import { contentOf } from '../content.ts'
import type { Descriptor } from '../descriptor.ts'
import { digestOf } from '../digest.ts'
import { fetchManifest } from '../fetch-manifest.ts'
import { indexOf, parseManifest } from '../manifest.ts'
import { mediaTypes } from '../media-type.ts'
import { isReferrersTag } from '../remote/referrer.ts'
import type { FetchedManifest, ReadTarget, Target } from '../target.ts'
import { copyAs, resolveIfPresent, startCopy } from './copy.ts'
import type { Copying, CopyOptions } from './graph.ts'
import { copyBelow } from './graph.ts'
import { createLimiter } from './limiter.ts'

export interface CopiedTag {
  readonly tag: string
  readonly descriptor: Descriptor
}

/**
 * Copies every tag; results in the order of the tags. Both sides list their tags once; a tag that both have
 * costs two HEADs while it stands for the same. The first failure stops what has not begun.
 */
export async function copyAllTags(
  source: ReadTarget,
  destination: Target,
  options: CopyOptions = {},
): Promise<CopiedTag[]> {
  const [tags, there] = await Promise.all([tagsOf(source), tagsIfPresent(destination)])
  const sourceTags = new Set(tags)
  const copying = startCopy({ source, destination, options, fresh: there.size === 0, sourceTags })
  const results = new Map<string, Descriptor>()
  // Lists of referrers come last: copying the referrers may have written them anew at the destination.
  const [lists, plain] = [tags.filter(isReferrersTag), tags.filter((tag) => !isReferrersTag(tag))]
  for (const group of [plain, lists]) {
    await forEach(group, options, async (tag) => {
      const known = there.has(tag) || isReferrersTag(tag)
      results.set(tag, await copyTag({ ...copying, count: { nodes: 0 } }, tag, known))
    })
  }
  return tags.flatMap((tag) => {
    const descriptor = results.get(tag)
    return descriptor === undefined ? [] : [{ tag, descriptor }]
  })
}

async function copyTag(copying: Copying, tag: string, mayBeThere: boolean): Promise<Descriptor> {
  const { source, destination, options } = copying
  if (options.signal?.aborted === true) throw new ChartroomError('ABORTED', 'the copy was stopped')
  if (!mayBeThere) {
    const manifest = await fetchManifest(source, tag)
    await copyAs(copying, manifest, { tag, there: undefined })
    return manifest.descriptor
  }
  const [here, there] = await Promise.all([source.resolve(tag), resolveIfPresent(destination, tag)])
  if (here.digest === there?.digest) {
    // The bytes are only read where they are sent.
    await copyAs(copying, { descriptor: here, bytes: new Uint8Array() }, { tag, there })
    return here
  }
  const manifest = await fetchManifest(source, here.digest)
  if (isReferrersTag(tag) && there !== undefined) return mergeList(copying, manifest, { tag, there })
  await copyAs(copying, manifest, { tag, there })
  return manifest.descriptor
}

/** A list of referrers that the destination has too gets what it lacks, and keeps what it has. */
async function mergeList(
  copying: Copying,
  ours: FetchedManifest,
  { tag, there }: { tag: string; there: Descriptor },
): Promise<Descriptor> {
  const { destination } = copying
  await copyBelow(copying, ours)
  const theirs = entriesOf(await fetchManifest(destination, there.digest))
  const own = entriesOf(ours)
  const missing = theirs.filter(({ digest }) => !own.some((entry) => entry.digest === digest))
  const bytes = missing.length === 0 ? ours.bytes : indexOf([...own, ...missing])
  const descriptor = { mediaType: mediaTypes.ociIndex, digest: digestOf(bytes), size: bytes.length }
  if (descriptor.digest !== there.digest) await destination.tag(descriptor, tag, contentOf(bytes))
  return descriptor
}

function entriesOf({ descriptor, bytes }: FetchedManifest): readonly Descriptor[] {
  const manifest = parseManifest(bytes, descriptor.mediaType)
  return 'manifests' in manifest ? manifest.manifests : []
}

async function tagsOf(target: ReadTarget): Promise<string[]> {
  const tags: string[] = []
  for await (const tag of target.tags()) tags.push(tag)
  return tags
}

async function tagsIfPresent(target: ReadTarget): Promise<ReadonlySet<string>> {
  try {
    return new Set(await tagsOf(target))
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND')) return new Set()
    throw error
  }
}

async function forEach(
  tags: readonly string[],
  { concurrency }: CopyOptions,
  work: (tag: string) => Promise<void>,
): Promise<void> {
  const limit = createLimiter(Math.max(1, concurrency ?? 8))
  let failed = false
  const works = tags.map((tag) =>
    limit(async () => {
      if (failed) return
      try {
        await work(tag)
      } catch (error) {
        failed = true
        throw error
      }
    }),
  )
  for (const result of await Promise.allSettled(works)) {
    if (result.status === 'rejected') throw result.reason
  }
}
