import type { Digest } from '@chartroom/oci'
import type { RepositoryGraph } from './graph.ts'
import { reach } from './graph.ts'

type Manifests = RepositoryGraph['manifests']

/** Bytes of a manifest and all it holds, those of the manifests of an index too; each blob once. */
export function bytesBelow(manifests: Manifests, digest: Digest): number {
  const below = reach([digest], (one) => manifests.get(one)?.children ?? [])
  return total(contentOf(manifests, below))
}

/** Bytes that no manifest holds any more once these are gone. */
export function bytesOfOnly(manifests: Manifests, going: ReadonlySet<Digest>): number {
  const staying = [...manifests.keys()].filter((digest) => !going.has(digest))
  const held = contentOf(manifests, staying)
  return total([...contentOf(manifests, going)].filter(([digest]) => !held.has(digest)))
}

function contentOf(manifests: Manifests, digests: Iterable<Digest>): Map<Digest, number> {
  const content = new Map<Digest, number>()
  for (const digest of digests) {
    const node = manifests.get(digest)
    if (node === undefined) continue
    content.set(digest, node.size)
    for (const blob of node.blobs) content.set(blob.digest, blob.size)
  }
  return content
}

function total(content: Iterable<readonly [Digest, number]>): number {
  let sum = 0
  for (const [, size] of content) sum += size
  return sum
}
