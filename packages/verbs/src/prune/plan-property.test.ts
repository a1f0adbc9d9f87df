import type { Digest } from '@chartroom/oci'
import { isReferrersTag } from '@chartroom/oci'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { d, tagOf } from '../../test/drawn-repository.ts'
import type { ManifestNode, RepositoryGraph } from './graph.ts'
import { subjectOfTag } from './graph.ts'
import { planPrune } from './plan.ts'
import type { RetentionPolicy } from './policy.ts'

const now = Date.parse('2026-06-01T00:00:00Z')

const versions = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.constantFrom('', '', '-rc.1', '_b'))
  .map(([a, b, c, end]) => `${a}.${b}.${c}${end}`)
const names = fc.oneof(
  { weight: 5, arbitrary: versions },
  fc.constantFrom('latest', 'stable', '1.2', 'v1.0.0'),
)

/** Any repository: indexes and referrers point at manifests made before them; tags, also companions, at anything. */
const graphs: fc.Arbitrary<RepositoryGraph> = fc
  .record({
    manifests: fc.array(
      fc.record({
        index: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
        links: fc.array(fc.nat(19), { maxLength: 3 }),
        subject: fc.option(fc.nat(19), { freq: 3 }),
        kind: fc.constantFrom('chart', 'chart', 'other'),
        blobs: fc.array(fc.nat(9), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 20 },
    ),
    tags: fc.dictionary(names, fc.nat(19), { maxKeys: 14 }),
    companions: fc.array(
      fc.record({ of: fc.nat(21), to: fc.nat(19), kind: fc.constantFrom('', '.sig', '.att') }),
      { maxLength: 5 },
    ),
  })
  .map(({ manifests, tags, companions }) => {
    const count = manifests.length
    const nodes = manifests.map(({ index, links, subject, kind, blobs }, at): ManifestNode => {
      const earlier = (to: number): Digest[] => (at === 0 ? [] : [d(to % at)])
      return {
        digest: d(at),
        kind: index ? 'index' : (kind as 'chart' | 'other'),
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        size: 10,
        children: index ? links.flatMap(earlier) : [],
        blobs: index ? [] : blobs.map((blob) => ({ digest: d(`blob${blob}`), size: 100 })),
        subject: subject === null ? undefined : earlier(subject)[0],
      }
    })
    const named = new Map(Object.entries(tags).map(([tag, to]) => [tag, d(to % count)]))
    for (const { of, to, kind } of companions) named.set(`${tagOf(String(of))}${kind}`, d(to % count))
    const reached = reachable(new Map(nodes.map((node) => [node.digest, node])), named)
    const subjects = [...named.keys()].flatMap((tag) => subjectOfTag(tag) ?? [])
    return {
      tags: named,
      manifests: reached,
      unreadable: new Set(),
      absent: new Set(subjects.filter((digest) => !nodes.some((node) => node.digest === digest))),
    }
  })

/** What reading would find: all that tags lead to, in any direction. */
function reachable(
  all: ReadonlyMap<Digest, ManifestNode>,
  tags: ReadonlyMap<string, Digest>,
): Map<Digest, ManifestNode> {
  const met = new Set<Digest>([
    ...tags.values(),
    ...[...tags.keys()].flatMap((tag) => subjectOfTag(tag) ?? []),
  ])
  for (const digest of met) {
    const node = all.get(digest)
    for (const one of node?.children ?? []) met.add(one)
    if (node?.subject !== undefined) met.add(node.subject)
    for (const other of all.values()) if (other.subject === digest) met.add(other.digest)
  }
  return new Map([...all].filter(([digest]) => met.has(digest)))
}

const policies: fc.Arbitrary<RetentionPolicy> = fc
  .record({
    keep: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    keepSemver: fc.constantFrom(undefined, 'major' as const, 'minor' as const),
    match: fc.constantFrom(undefined, ['1.*'], ['*-rc*', '2.*']),
    exclude: fc.constantFrom(undefined, ['1.0.*']),
  })
  .map((policy) => ({
    ...policy,
    keep: policy.keepSemver === undefined ? (policy.keep ?? 1) : policy.keep,
    now,
  }))

function isLost({ absent }: RepositoryGraph, tag: string): boolean {
  const subject = subjectOfTag(tag)
  return subject !== undefined && absent.has(subject)
}

interface State {
  readonly tags: Map<string, Digest>
  readonly manifests: Map<Digest, ManifestNode>
}

/** What is there after so many deletions of the plan: a digest takes all its tags along, as in a registry. */
function after(graph: RepositoryGraph, policy: RetentionPolicy, steps = Infinity): State {
  const plan = planPrune(graph, policy)
  const tags = new Map(graph.tags)
  const manifests = new Map(graph.manifests)
  for (const { digest } of plan.manifests.slice(0, steps)) {
    manifests.delete(digest)
    for (const [tag, to] of tags) if (to === digest) tags.delete(tag)
  }
  if (steps === Infinity) for (const { tag, action } of plan.tags) if (action === 'untag') tags.delete(tag)
  return { tags, manifests }
}

/** Everything that a manifest needed before: written anew here, so that the planner does not check itself. */
function lost(before: RepositoryGraph, { tags, manifests }: State, kept: readonly string[]): string[] {
  const losses: string[] = []
  const met = new Set<Digest>()
  const visit = (digest: Digest, why: string): void => {
    const node = before.manifests.get(digest)
    if (node === undefined || met.has(digest)) return
    met.add(digest)
    if (!manifests.has(digest)) losses.push(`${why} lost ${digest}`)
    for (const child of node.children) visit(child, `index ${digest}`)
    if (node.subject !== undefined) visit(node.subject, `referrer ${digest}`)
    for (const other of before.manifests.values())
      if (other.subject === digest) visit(other.digest, `subject ${digest}`)
    for (const [tag, to] of before.tags) {
      if (subjectOfTag(tag) !== digest) continue
      if (!tags.has(tag)) losses.push(`${digest} lost its companion ${tag}`)
      visit(to, `companion ${tag}`)
    }
  }
  for (const tag of kept) {
    if (tags.get(tag) !== before.tags.get(tag)) losses.push(`the tag ${tag}`)
    visit(before.tags.get(tag) ?? 'sha256:', `tag ${tag}`)
  }
  return losses
}

/** What the next run finds. */
function read({ tags, manifests }: State): RepositoryGraph {
  const subjects = [...tags.keys()].flatMap((tag) => subjectOfTag(tag) ?? [])
  const absent = new Set(subjects.filter((digest) => !manifests.has(digest)))
  return { tags, manifests: reachable(manifests, tags), unreadable: new Set(), absent }
}

describe('any plan for any repository', () => {
  const both = [graphs, policies] as const
  const keptTags = (graph: RepositoryGraph, policy: RetentionPolicy): string[] =>
    planPrune(graph, policy).tags.flatMap(({ tag, action }) => (action === 'keep' ? [tag] : []))

  it('leaves what it keeps with all that this needs', () => {
    fc.assert(
      fc.property(...both, (graph, policy) => {
        expect(lost(graph, after(graph, policy), keptTags(graph, policy))).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  it('does so at any moment of its execution', () => {
    fc.assert(
      fc.property(...both, fc.nat(20), (graph, policy, steps) => {
        expect(lost(graph, after(graph, policy, steps), keptTags(graph, policy))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('removes every tag that it says it removes, and no other', () => {
    fc.assert(
      fc.property(...both, (graph, policy) => {
        const left = after(graph, policy).tags
        for (const { tag, action } of planPrune(graph, policy).tags)
          expect(left.has(tag), `${tag} ${action}`).toBe(action === 'keep')
      }),
      { numRuns: 2000 },
    )
  })

  it('takes away a tag alone only where another tag keeps the manifest', () => {
    fc.assert(
      fc.property(...both, (graph, policy) => {
        const { tags } = planPrune(graph, policy)
        const kept = new Set(tags.flatMap(({ digest, action }) => (action === 'keep' ? [digest] : [])))
        for (const { digest, action } of tags) if (action === 'untag') expect(kept.has(digest)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves nothing for a second run, but what the list of a lost subject has held', () => {
    fc.assert(
      fc.property(...both, (graph, policy) => {
        // What such a list names is left alone, and found without it by the next run; then lists of others may be lost.
        const hasLostList = [...graph.tags.keys()].some((tag) => isReferrersTag(tag) && isLost(graph, tag))
        const most = hasLostList ? graph.tags.size : 1
        let left = graph
        for (let run = 0; run < most; run++) left = read(after(left, policy))
        const last = planPrune(left, policy)
        expect(last.manifests).toEqual([])
        expect(last.tags.filter(({ action }) => action !== 'keep')).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('has an index go before what it lists, and a subject before its referrers', () => {
    fc.assert(
      fc.property(...both, (graph, policy) => {
        // Either makes circles possible, in which no order is right.
        fc.pre(![...graph.tags.keys()].some((tag) => subjectOfTag(tag) !== undefined))
        fc.pre(
          ![...graph.manifests.values()].some(
            ({ kind, subject }) => kind === 'index' && subject !== undefined,
          ),
        )
        const seen = new Set<Digest>()
        for (const { digest } of planPrune(graph, policy).manifests) {
          seen.add(digest)
          const later = [...graph.manifests.values()].filter(({ subject }) => subject === digest)
          for (const one of graph.manifests.get(digest)?.children ?? []) expect(seen.has(one)).toBe(false)
          for (const one of later) expect(seen.has(one.digest)).toBe(false)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('lists each manifest behind those that have to go before', () => {
    fc.assert(
      fc.property(...both, (graph, policy) => {
        const seen = new Set<Digest>()
        for (const { digest, after: before } of planPrune(graph, policy).manifests) {
          for (const one of before) expect(seen.has(one)).toBe(true)
          seen.add(digest)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
