import { chartMediaTypes } from '@chartroom/chart'
import { ChartroomError, hasCode } from '@chartroom/errors'
import type { Digest, FetchedManifest, ManifestFetcher, ReadTarget } from '@chartroom/oci'
import { fetchManifest, isManifestType, parseManifest } from '@chartroom/oci'
import { concurrency, limits } from '../limits.ts'
import { pool } from '../pool.ts'
import type { ManifestNode, RepositoryGraph } from './graph.ts'
import { subjectOfTag } from './graph.ts'

/**
 * Everything in a repository that its tags lead to: the manifests of indexes, subjects, and the referrers of each of
 * them. What cannot be understood is left out. Throws `LIMIT_EXCEEDED`.
 */
export function readGraph(target: ReadTarget & ManifestFetcher): Promise<RepositoryGraph> {
  return new GraphReader(target).read()
}

class GraphReader {
  readonly #target: ReadTarget & ManifestFetcher
  readonly #tags = new Map<string, Digest>()
  readonly #manifests = new Map<Digest, ManifestNode>()
  readonly #met = new Set<Digest>()
  #listed: ReadonlySet<string> = new Set()

  constructor(target: ReadTarget & ManifestFetcher) {
    this.#target = target
  }

  async read(): Promise<RepositoryGraph> {
    const tags: string[] = []
    for await (const tag of this.#target.tags()) if (tags.push(tag) > limits.prunedManifests) throw tooMany()
    this.#listed = new Set(tags)
    const digests = await pool(tags, concurrency, (tag) => this.#fetch(tag))
    for (const [index, tag] of tags.entries()) {
      const digest = digests[index]
      if (digest !== undefined) this.#tags.set(tag, digest)
    }
    await this.#follow([...this.#tags.values()])
    const unreadable = new Set(tags.filter((tag) => !this.#tags.has(tag)))
    return { tags: this.#tags, manifests: this.#manifests, unreadable, absent: await this.#absent(tags) }
  }

  /** Level by level, until nothing new is met. */
  async #follow(start: readonly Digest[]): Promise<void> {
    for (let level = this.#fresh(start); level.length > 0; ) {
      const next: Digest[] = []
      await pool(level, concurrency, async (digest) => {
        next.push(...this.#fresh(await this.#neighbours(digest)))
      })
      level = next
    }
  }

  #fresh(digests: readonly Digest[]): Digest[] {
    const fresh = [...new Set(digests)].filter((digest) => !this.#met.has(digest))
    for (const digest of fresh) this.#met.add(digest)
    if (this.#met.size > limits.prunedManifests) throw tooMany()
    return fresh
  }

  async #neighbours(digest: Digest): Promise<Digest[]> {
    if (!this.#manifests.has(digest)) await this.#fetch(digest)
    const node = this.#manifests.get(digest)
    if (node === undefined) return []
    const { subject, children, mediaType, size } = node
    const referrers: Digest[] = []
    // Whether each of them is one, its own manifest tells.
    const listed = this.#target.referrers({ digest, mediaType, size }, { knownTags: this.#listed })
    for await (const one of listed) referrers.push(one.digest)
    return [...children, ...(subject === undefined ? [] : [subject]), ...referrers]
  }

  /** The digest; undefined for what is not there, or comes as no manifest. */
  async #fetch(reference: string): Promise<Digest | undefined> {
    try {
      const fetched = await fetchManifest(this.#target, reference)
      const node = nodeOf(fetched)
      if (node !== undefined) this.#manifests.set(node.digest, node)
      return fetched.descriptor.digest
    } catch (error) {
      if (hasCode(error, 'NOT_FOUND', 'MANIFEST_INVALID', 'LIMIT_EXCEEDED')) return undefined
      throw error
    }
  }

  async #absent(tags: readonly string[]): Promise<Set<Digest>> {
    const subjects = [...new Set(tags.flatMap((tag) => subjectOfTag(tag) ?? []))]
    const unseen = subjects.filter((digest) => !this.#manifests.has(digest))
    const absent = await pool(unseen, concurrency, async (digest) =>
      (await this.#isThere(digest)) ? [] : [digest],
    )
    return new Set(absent.flat())
  }

  async #isThere(digest: Digest): Promise<boolean> {
    try {
      await this.#target.resolve(digest)
      return true
    } catch (error) {
      if (hasCode(error, 'NOT_FOUND')) return false
      throw error
    }
  }
}

function nodeOf({ descriptor, bytes }: FetchedManifest): ManifestNode | undefined {
  const { digest, mediaType, size } = descriptor
  const manifest = parsed(bytes, mediaType)
  if (manifest === undefined) return undefined
  const common = {
    digest,
    mediaType,
    size,
    subject: manifest.subject?.digest,
    created: manifest.annotations?.['org.opencontainers.image.created'],
  }
  if ('manifests' in manifest) {
    const children = manifest.manifests.filter((child) => isManifestType(child.mediaType))
    return { ...common, kind: 'index', children: children.map((child) => child.digest), blobs: [] }
  }
  const kind = manifest.config.mediaType === chartMediaTypes.config ? 'chart' : 'other'
  return { ...common, kind, children: [], blobs: [manifest.config, ...manifest.layers] }
}

function parsed(bytes: Uint8Array, mediaType: string): ReturnType<typeof parseManifest> | undefined {
  try {
    return parseManifest(bytes, mediaType)
  } catch (error) {
    if (hasCode(error, 'MANIFEST_INVALID', 'LIMIT_EXCEEDED')) return undefined
    throw error
  }
}

function tooMany(): ChartroomError {
  return new ChartroomError(
    'LIMIT_EXCEEDED',
    `the repository has more than ${limits.prunedManifests} manifests`,
    {
      op: 'prune',
      hint: 'Use the registry’s own retention policy for it: docs/retention.md says how.',
    },
  )
}
