import { hasCode } from '@chartroom/errors'
import { contentOf } from '../content.ts'
import type { Descriptor } from '../descriptor.ts'
import { isDigest } from '../digest.ts'
import { fetchManifest } from '../fetch-manifest.ts'
import type { FetchedManifest, ReadTarget, Target } from '../target.ts'
import type { Copying, CopyOptions } from './graph.ts'
import { copyBelow, copyNode, copyReferrers } from './graph.ts'
import { createLimiter } from './limiter.ts'

/** A repository with a tag or digest in it. */
export type Place<T> = readonly [target: T, reference: string]

/**
 * Copies what a tag or digest stands for, with all it needs; what is there already is skipped, so that a copy
 * that broke off is completed by another. Throws what the targets throw, and `LIMIT_EXCEEDED`.
 */
export async function copy(
  [source, reference]: Place<ReadTarget>,
  [destination, name]: Place<Target>,
  options: CopyOptions = {},
): Promise<Descriptor> {
  const copying = startCopy({ source, destination, options, fresh: false })
  const [manifest, there] = await Promise.all([
    fetchManifest(source, reference, options.signal === undefined ? {} : { signal: options.signal }),
    isDigest(name) ? undefined : resolveIfPresent(destination, name),
  ])
  await copyAs(copying, manifest, { tag: name, there })
  return manifest.descriptor
}

export function startCopy(
  parts: Pick<Copying, 'source' | 'destination' | 'options' | 'fresh' | 'sourceTags'>,
): Copying {
  const limit = createLimiter(Math.max(1, parts.options.concurrency ?? 8))
  return { ...parts, limit, done: new Map(), count: { nodes: 0 }, subjects: [], asked: new Set() }
}

/** Copies one manifest under a tag, which `there` says where it points now, or under its digest. */
export async function copyAs(
  copying: Copying,
  manifest: FetchedManifest,
  { tag, there }: { tag: string; there: Descriptor | undefined },
): Promise<void> {
  const { destination, options } = copying
  const { descriptor, bytes } = manifest
  if (isDigest(tag)) {
    await copyNode(copying, { descriptor, depth: 0 })
  } else if (there?.digest === descriptor.digest) {
    options.onSkipped?.(descriptor)
  } else {
    if (copying.fresh || !(await destination.exists(descriptor))) await copyBelow(copying, manifest)
    // One PUT by tag stores the manifest too.
    await copying.limit(() => destination.tag(descriptor, tag, contentOf(bytes)))
    options.onCopied?.(descriptor)
  }
  copying.done.set(descriptor.digest, Promise.resolve())
  await copyReferrers(copying, descriptor)
}

/** Undefined where tag or repository are absent. */
export async function resolveIfPresent(target: ReadTarget, tag: string): Promise<Descriptor | undefined> {
  try {
    return await target.resolve(tag)
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND', 'VERSION_NOT_FOUND', 'REPOSITORY_NOT_FOUND')) return undefined
    throw error
  }
}
