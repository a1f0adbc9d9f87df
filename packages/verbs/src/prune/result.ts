import { ChartroomError } from '@chartroom/errors'
import type { Digest } from '@chartroom/oci'
import type { Failure } from '../result.ts'
import type { Outcome, Outcomes } from './delete.ts'
import type { RepositoryGraph } from './graph.ts'
import type { PlannedManifest, PrunePlan } from './plan.ts'
import type { PlannedTag } from './planned-tag.ts'
import { bytesOfOnly } from './size.ts'

export type PruneStatus = 'kept' | 'planned' | 'removed' | 'failed' | 'skipped'

export interface PrunedTag extends Omit<PlannedTag, 'action'> {
  readonly status: PruneStatus
  readonly error?: Failure | undefined
}

export interface PrunedManifest extends Omit<PlannedManifest, 'after'> {
  readonly status: PruneStatus
  readonly reason?: string | undefined
  readonly error?: Failure | undefined
}

/** What became, or is to become, of one repository. */
export interface PrunedRepository {
  /** `oci://HOST/PATH`. */
  readonly repository: string
  readonly tags: readonly PrunedTag[]
  /** Those that were to be deleted, in order. */
  readonly manifests: readonly PrunedManifest[]
  /** Of what nothing in the repository holds any more; the registry clears it away in its own time. */
  readonly freedBytes: number
}

/** The plan as a result, before anything was done. */
export function plannedResult(repository: string, plan: PrunePlan): PrunedRepository {
  return {
    repository,
    tags: plan.tags.map(({ action, ...tag }) => ({ ...tag, status: action === 'keep' ? 'kept' : 'planned' })),
    manifests: plan.manifests.map((manifest) => ({ ...told(manifest), status: 'planned' })),
    freedBytes: plan.freedBytes,
  }
}

/** The plan of which nothing was done, and why. */
export function failedResult(planned: PrunedRepository, error: ChartroomError): PrunedRepository {
  const failed = { status: 'failed', error: failureOf(error, 'failed') } as const
  return {
    ...planned,
    tags: planned.tags.map((tag) => (tag.status === 'planned' ? { ...tag, ...failed } : tag)),
    manifests: planned.manifests.map((manifest) => ({ ...manifest, ...failed })),
    freedBytes: 0,
  }
}

export function prunedResult(
  { repository, graph, plan }: { repository: string; graph: RepositoryGraph; plan: PrunePlan },
  { manifests, tags }: Outcomes,
): PrunedRepository {
  const removed = [...manifests].filter(([, { status }]) => status === 'removed').map(([digest]) => digest)
  const outcomeOf = ({ tag, digest, action }: PlannedTag): Outcome =>
    (action === 'remove' ? manifests.get(digest) : tags.get(tag)) ?? { status: 'kept' }
  return {
    repository,
    tags: plan.tags.map(({ action, ...tag }) => {
      const { status, reason, error } = outcomeOf({ ...tag, action })
      const why = status === 'kept' && reason !== undefined ? reason : tag.reason
      return { ...tag, status, reason: why, error: failureOf(error, status) }
    }),
    manifests: plan.manifests.map((manifest) => {
      const { status, reason, error } = manifests.get(manifest.digest) ?? { status: 'skipped' }
      return { ...told(manifest), status, reason, error: failureOf(error, status) }
    }),
    freedBytes: bytesOfOnly(graph.manifests, new Set<Digest>(removed)),
  }
}

/**
 * The one error that the results amount to, or undefined when all is well: the first failure's own when nothing was
 * removed at all, else `PARTIAL`.
 */
export function pruneError(results: readonly PrunedRepository[]): ChartroomError | undefined {
  const all = results.flatMap(({ tags, manifests }) => [
    ...manifests,
    ...tags.filter(({ status }) => status === 'failed'),
  ])
  const [first] = all.flatMap(({ error }) => error ?? [])
  if (first === undefined) return undefined
  const left = results
    .flatMap(({ tags }) => tags)
    .filter(({ status }) => status === 'failed' || status === 'skipped')
  if (!all.some(({ status }) => status === 'removed'))
    return new ChartroomError(first.code, first.message, { hint: first.hint })
  return new ChartroomError('PARTIAL', `${left.length} tags could not be removed: ${first.message}`, {
    hint: first.hint ?? 'Run the same command again: it removes what is left.',
  })
}

function told({ digest, kind, tags, bytes }: PlannedManifest): Omit<PlannedManifest, 'after'> {
  return { digest, kind, tags, bytes }
}

function failureOf(error: ChartroomError | undefined, status: PruneStatus): Failure | undefined {
  if (error === undefined || status !== 'failed') return undefined
  return { code: error.code, message: error.message, hint: error.hint }
}
