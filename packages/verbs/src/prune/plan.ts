import type { Digest } from '@chartroom/oci'
import type { RepositoryGraph } from './graph.ts'
import { isChart, reach, Relations, subjectOfTag } from './graph.ts'
import { orderOf } from './order.ts'
import type { PlannedTag } from './planned-tag.ts'
import { planTags } from './planned-tag.ts'
import type { RetentionPolicy } from './policy.ts'
import { compareTags, judge } from './policy.ts'
import { bytesOfOnly } from './size.ts'

/** A manifest to delete, with every tag that names it. */
export interface PlannedManifest {
  readonly digest: Digest
  readonly kind: 'chart' | 'index' | 'referrer' | 'other'
  readonly tags: readonly string[]
  /** Of the manifest with its config and layers. */
  readonly bytes: number
  /** Manifests of the plan that have to be gone before: they hold or list this one, or are its subject. */
  readonly after: readonly Digest[]
}

export interface PrunePlan {
  /** Versions newest first, then the others by name. */
  readonly tags: readonly PlannedTag[]
  /** In the order in which they are to be deleted: at any moment, what is still there has all it needs. */
  readonly manifests: readonly PlannedManifest[]
  /** Of blobs and manifests that nothing known in the repository holds afterwards. */
  readonly freedBytes: number
}

/**
 * Decides what goes and what stays. Every manifest that is known either goes, or stays with all it needs: what an index
 * lists, the subject of a referrer, the referrers and companions of what stays.
 */
export function planPrune(graph: RepositoryGraph, policy: RetentionPolicy): PrunePlan {
  const { tags, manifests, absent } = graph
  const relations = new Relations(graph)
  const own = [...tags.keys()].filter((tag) => subjectOfTag(tag) === undefined)
  const verdicts = judge(
    own.map((tag) => candidateOf(graph, tag)),
    policy,
  )
  // Oldest first: what an interrupted run leaves is the newest.
  const unwanted = new Set([...tags.keys()].filter(isUnwanted).sort((a, b) => compareTags(b, a)))
  const wished = digestsOf(tags, [...unwanted])
  const touched = reach(wished, (digest) => relations.dependents(digest))
  const rooted = digestsOf(
    tags,
    [...tags.keys()].filter((tag) => !unwanted.has(tag) && !isCompanion(tag)),
  )
  const others = [...manifests.keys()].filter((digest) => !touched.has(digest))
  const needed = reach([...rooted, ...others], (digest) => relations.needs(digest))
  const free = (digests: readonly Digest[]): Digest[] => digests.filter((digest) => !needed.has(digest))
  const going = reach(free(wished), (digest) => free(relations.dependents(digest)))
  return {
    tags: planTags({ graph, relations, verdicts, unwanted, going }),
    manifests: orderOf(going, (digest) => relations.later(digest)).flatMap(({ digest, after }) => {
      const planned = manifestOf(graph, relations.namesOf(digest), digest)
      return planned === undefined ? [] : [{ ...planned, after }]
    }),
    freedBytes: bytesOfOnly(manifests, going),
  }

  // A companion of what is not there any more is what an interrupted run leaves.
  function isUnwanted(tag: string): boolean {
    const subject = subjectOfTag(tag)
    return subject === undefined ? verdicts.get(tag)?.keep === false : absent.has(subject)
  }

  // It stays for the sake of its subject; for its own only where no tag leads to that.
  function isCompanion(tag: string): boolean {
    const subject = subjectOfTag(tag)
    return subject !== undefined && manifests.has(subject)
  }
}

function digestsOf(tags: RepositoryGraph['tags'], names: readonly string[]): Digest[] {
  return names.flatMap((name) => tags.get(name) ?? [])
}

function candidateOf({ tags, manifests }: RepositoryGraph, tag: string): Parameters<typeof judge>[0][number] {
  const digest = tags.get(tag)
  if (digest === undefined) return { tag, isChart: false }
  return { tag, isChart: isChart(manifests, digest), created: manifests.get(digest)?.created }
}

/** Undefined for what an index lists, but is not there. */
function manifestOf(
  { manifests }: RepositoryGraph,
  tags: readonly string[],
  digest: Digest,
): Omit<PlannedManifest, 'after'> | undefined {
  const node = manifests.get(digest)
  if (node === undefined) return undefined
  const companion = tags.some((tag) => subjectOfTag(tag) !== undefined)
  const kind = companion || node.subject !== undefined ? 'referrer' : node.kind
  return { digest, kind, tags, bytes: node.blobs.reduce((sum, { size }) => sum + size, node.size) }
}
