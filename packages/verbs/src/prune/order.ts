import type { Digest } from '@chartroom/oci'

export interface Ordered {
  readonly digest: Digest
  /** Those before it that have it among what comes later. */
  readonly after: readonly Digest[]
}

/**
 * Puts what comes later behind what it comes after. There are circles: an index may be a referrer of what it lists, and
 * tags may name anything. In one, the first stays the first.
 */
export function orderOf(
  digests: ReadonlySet<Digest>,
  later: (digest: Digest) => readonly Digest[],
): Ordered[] {
  const before = new Map<Digest, Set<Digest>>([...digests].map((digest) => [digest, new Set()]))
  for (const digest of digests)
    for (const one of later(digest)) if (one !== digest) before.get(one)?.add(digest)
  const ordered = new Map<Digest, Ordered>()
  const ready = [...digests].filter((digest) => before.get(digest)?.size === 0)
  const waiting = new Set(digests)
  while (waiting.size > 0) {
    const [first] = waiting
    const digest = ready.shift() ?? first
    if (digest === undefined || !waiting.delete(digest)) continue
    const after = [...(before.get(digest) ?? [])].filter((one) => ordered.has(one))
    ordered.set(digest, { digest, after })
    // What belongs to a manifest goes right behind it: a run that breaks off leaves little that nobody can find.
    const freed = [...new Set(later(digest))].filter(
      (one) => waiting.has(one) && ![...(before.get(one) ?? [])].some((other) => waiting.has(other)),
    )
    ready.unshift(...freed)
  }
  return [...ordered.values()]
}
