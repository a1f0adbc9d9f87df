import type { Digest } from '@chartroom/oci'
import { isDigest, isReferrersTag } from '@chartroom/oci'

/** A manifest as far as it matters for who needs whom. */
export interface ManifestNode {
  readonly digest: Digest
  /** `other`: an image, a signature, any artifact that is no chart. */
  readonly kind: 'chart' | 'index' | 'other'
  readonly mediaType: string
  /** Bytes of the manifest itself. */
  readonly size: number
  /** Manifests that an index lists. */
  readonly children: readonly Digest[]
  /** Config and layers. */
  readonly blobs: readonly { readonly digest: Digest; readonly size: number }[]
  readonly subject?: Digest | undefined
  /** RFC 3339, as the publisher wrote it. */
  readonly created?: string | undefined
}

/** What a repository holds, as far as its tags, indexes and referrers lead to it. */
export interface RepositoryGraph {
  readonly tags: ReadonlyMap<string, Digest>
  /** Manifests that could be read. */
  readonly manifests: ReadonlyMap<Digest, ManifestNode>
  /** Tags of something that is no manifest, or is not there. */
  readonly unreadable: ReadonlySet<string>
  /** Subjects of companion tags that are not in the repository. */
  readonly absent: ReadonlySet<Digest>
}

/**
 * The manifest a tag stands beside: `sha256-<hex>` lists its referrers (distribution-spec, Referrers Tag Schema),
 * `sha256-<hex>.sig`, `.att` and `.sbom` are cosign's. Such a companion goes where its manifest goes.
 */
export function subjectOfTag(tag: string): Digest | undefined {
  const match = /^(sha256|sha512)-([0-9a-f]+)(?:\.(?:sig|att|sbom))?$/.exec(tag)
  const digest = `${match?.[1]}:${match?.[2]}`
  return isDigest(digest) ? digest : undefined
}

/** A chart, or an index that leads to one. */
export function isChart(manifests: RepositoryGraph['manifests'], digest: Digest): boolean {
  const below = reach([digest], (one) => manifests.get(one)?.children ?? [])
  return [...below].some((one) => manifests.get(one)?.kind === 'chart')
}

/** Walks from what a repository holds to what belongs to it. */
export class Relations {
  readonly #graph: RepositoryGraph
  readonly #referrers = new Map<Digest, Digest[]>()
  readonly #companions = new Map<Digest, string[]>()
  readonly #lists = new Set<Digest>()
  readonly #names = new Map<Digest, string[]>()

  constructor(graph: RepositoryGraph) {
    this.#graph = graph
    for (const { digest, subject } of graph.manifests.values()) {
      if (subject !== undefined) append(this.#referrers, subject, digest)
    }
    for (const [tag, digest] of graph.tags) {
      append(this.#names, digest, tag)
      const subject = subjectOfTag(tag)
      if (subject !== undefined) append(this.#companions, subject, tag)
      if (isReferrersTag(tag)) this.#lists.add(digest)
    }
  }

  /** The tags that name a manifest. */
  namesOf(digest: Digest): readonly string[] {
    return this.#names.get(digest) ?? []
  }

  /** What has no use without this manifest: its referrers, its companions, the manifests of an index. */
  dependents(digest: Digest): Digest[] {
    // A list of referrers is anybody's to write: nothing goes that does not say itself whose referrer it is.
    return this.#lists.has(digest) ? this.#attached(digest) : this.later(digest)
  }

  /** What is to be deleted after it, if at all: so long, what holds or lists others has them. */
  later(digest: Digest): Digest[] {
    return [...this.#children(digest), ...this.#attached(digest)]
  }

  /** What must stay where this manifest stays. */
  needs(digest: Digest): Digest[] {
    const subject = this.#graph.manifests.get(digest)?.subject
    return subject === undefined ? this.later(digest) : [...this.later(digest), subject]
  }

  #children(digest: Digest): readonly Digest[] {
    return this.#graph.manifests.get(digest)?.children ?? []
  }

  #attached(digest: Digest): Digest[] {
    const companions = (this.#companions.get(digest) ?? []).flatMap((tag) => this.#graph.tags.get(tag) ?? [])
    return [...companions, ...(this.#referrers.get(digest) ?? [])]
  }
}

/** Everything that can be come to, the beginnings too, in the order it is met. */
export function reach(from: Iterable<Digest>, next: (digest: Digest) => readonly Digest[]): Set<Digest> {
  const met = new Set<Digest>(from)
  for (const digest of met) for (const one of next(digest)) met.add(one)
  return met
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
