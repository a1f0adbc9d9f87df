import type { Digest } from '@chartroom/oci'
import type { Relations, RepositoryGraph } from './graph.ts'
import { reach, subjectOfTag } from './graph.ts'
import type { Verdict } from './policy.ts'
import { compareTags, versionOfTag } from './policy.ts'
import { bytesBelow } from './size.ts'

/** One tag of a plan. */
export interface PlannedTag {
  readonly tag: string
  readonly digest: Digest
  /** Undefined for a tag that is no version. */
  readonly version?: string | undefined
  /** `remove`: with its manifest. `untag`: alone, because another tag that stays names the same manifest. */
  readonly action: 'keep' | 'remove' | 'untag'
  readonly reason: string
  /** Of the manifest and all it holds. */
  readonly bytes: number
  /** RFC 3339, as the publisher wrote it. */
  readonly created?: string | undefined
}

export interface Decisions {
  readonly graph: RepositoryGraph
  readonly relations: Relations
  /** Of all tags but companions. */
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** Tags that would go if nobody needed their manifests. */
  readonly unwanted: ReadonlySet<string>
  /** Manifests that go. */
  readonly going: ReadonlySet<Digest>
}

/** What becomes of each tag, and why: versions newest first, then the others by name. */
export function planTags(decisions: Decisions): PlannedTag[] {
  const { tags, manifests } = decisions.graph
  const leaving = new Set([...tags.keys()].filter((tag) => isLeaving(tag, decisions)))
  const needers = neederOf(decisions, leaving)
  return [...tags]
    .map(([tag, digest]) => ({
      tag,
      digest,
      version: versionOfTag(tag)?.original,
      bytes: bytesBelow(manifests, digest),
      created: manifests.get(digest)?.created,
      ...actionOf([tag, digest], decisions, { leaving, needers }),
    }))
    .sort((a, b) => compareTags(a.tag, b.tag))
}

function isLeaving(tag: string, { unwanted, going }: Decisions): boolean {
  const subject = subjectOfTag(tag)
  return unwanted.has(tag) || (subject !== undefined && going.has(subject))
}

interface Staying {
  readonly leaving: ReadonlySet<string>
  readonly needers: ReadonlyMap<Digest, string>
}

function actionOf(
  [tag, digest]: readonly [string, Digest],
  decisions: Decisions,
  { leaving, needers }: Staying,
): Pick<PlannedTag, 'action' | 'reason'> {
  const { relations, going } = decisions
  const reason = reasonOf(tag, digest, decisions)
  if (!leaving.has(tag)) return { action: 'keep', reason }
  if (going.has(digest)) return { action: 'remove', reason }
  const sharing = relations.namesOf(digest).filter((other) => !leaving.has(other))
  if (sharing.length > 0)
    return { action: 'untag', reason: `${reason}; its manifest stays for ${sharing.join(', ')}` }
  return { action: 'keep', reason: `${needers.get(digest) ?? 'another manifest'} needs it` }
}

function reasonOf(tag: string, digest: Digest, { graph, relations, verdicts, going }: Decisions): string {
  const subject = subjectOfTag(tag)
  if (subject === undefined)
    return graph.manifests.has(digest) ? (verdicts.get(tag)?.reason ?? '') : 'its manifest cannot be read'
  const name = relations.namesOf(subject)[0] ?? subject
  if (graph.absent.has(subject)) return `${name} is not there any more`
  return going.has(subject) ? `goes with ${name}` : `belongs to ${name}`
}

/** In words: which staying tag a manifest stays for. */
function neederOf(
  { graph, relations }: Decisions,
  leaving: ReadonlySet<string>,
): ReadonlyMap<Digest, string> {
  const needers = new Map<Digest, string>()
  for (const [tag, root] of graph.tags) {
    if (leaving.has(tag)) continue
    const name = graph.manifests.get(root)?.kind === 'index' ? `the index ${tag}` : tag
    const fresh = (digest: Digest): Digest[] => relations.needs(digest).filter((one) => !needers.has(one))
    for (const digest of reach([root], fresh)) if (!needers.has(digest)) needers.set(digest, name)
  }
  return needers
}
