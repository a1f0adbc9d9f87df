import type { ChartroomError } from '@chartroom/errors'
import { asChartroomError, hasCode } from '@chartroom/errors'
import type { Digest, ManifestFetcher, Target } from '@chartroom/oci'
import { answerOf, contentOf } from '@chartroom/oci'
import type { PlannedManifest, PrunePlan } from './plan.ts'
import type { PlannedTag } from './planned-tag.ts'

/** A repository to delete from, by whatever way its registry offers. */
export interface Deleting {
  readonly target: Target & ManifestFetcher
  /** Removes a tag alone. */
  removeTag(tag: string): Promise<void>
  /** Removes a manifest with all its tags. */
  removeManifest(digest: Digest): Promise<void>
}

/** What became of a deletion. `kept`: the registry does not allow it, or not without taking along what stays. */
export interface Outcome {
  readonly status: 'removed' | 'kept' | 'failed' | 'skipped'
  readonly reason?: string | undefined
  readonly error?: ChartroomError | undefined
}

export interface Outcomes {
  readonly manifests: ReadonlyMap<Digest, Outcome>
  /** Of tags that were to go alone. */
  readonly tags: ReadonlyMap<string, Outcome>
}

/** Carries out a plan, one deletion after the other. A failure stops what depends on it, and nothing else. */
export async function executePlan(plan: PrunePlan, deleting: Deleting): Promise<Outcomes> {
  const run = new PruneRun(deleting)
  const manifests = new Map<Digest, Outcome>()
  for (const one of plan.manifests) {
    const held = one.after.some((digest) => manifests.get(digest)?.status !== 'removed')
    manifests.set(
      one.digest,
      held ? { status: 'kept', reason: 'what it belongs to is still there' } : await run.remove(one),
    )
  }
  const tags = new Map<string, Outcome>()
  for (const one of plan.tags) {
    if (one.action !== 'untag') continue
    const staying = plan.tags.filter(({ action, digest }) => action === 'keep' && digest === one.digest)
    tags.set(
      one.tag,
      await run.untag(
        one,
        staying.map(({ tag }) => tag),
      ),
    )
  }
  return { manifests: protectedOnes(manifests), tags }
}

// A registry that deletes others, and not this one, has been told to keep it: it is locked.
function protectedOnes(manifests: ReadonlyMap<Digest, Outcome>): Map<Digest, Outcome> {
  const deletes = [...manifests.values()].some(({ status }) => status === 'removed')
  return new Map(
    [...manifests].map(([digest, outcome]) => {
      const { error } = outcome
      const isLocked = deletes && error?.code === 'UNSUPPORTED'
      return [digest, isLocked ? { status: 'kept', reason: error.message, error } : outcome]
    }),
  )
}

/** No use in going on after these. */
const fatal = ['ANONYMOUS_REFUSED', 'NETWORK', 'TIMEOUT', 'UNAUTHENTICATED'] as const

class PruneRun {
  readonly #deleting: Deleting
  #stopped = false
  /** Whether a tag goes without its manifest here; undefined before one was tried. */
  #tagsGoAlone: boolean | undefined

  constructor(deleting: Deleting) {
    this.#deleting = deleting
  }

  remove(planned: PlannedManifest): Promise<Outcome> {
    return this.#tried(async () => {
      await this.#removeManifest(planned)
      return { status: 'removed' }
    })
  }

  untag(planned: PlannedTag, staying: readonly string[]): Promise<Outcome> {
    return this.#tried(async () => {
      if (this.#tagsGoAlone !== false) await this.#untag(planned, staying)
      return this.#tagsGoAlone === false ? inseparable(staying) : { status: 'removed' }
    })
  }

  async #tried(work: () => Promise<Outcome>): Promise<Outcome> {
    if (this.#stopped) return { status: 'skipped' }
    try {
      return await work()
    } catch (thrown) {
      const error = asChartroomError(thrown)
      if (error.code === 'ABORTED') throw error
      if (error.code === 'NOT_FOUND') return { status: 'removed', reason: 'was gone already' }
      // Immutable or locked: somebody has decided that before.
      if (error.code === 'CONFLICT') return { status: 'kept', reason: error.message, error }
      this.#stopped = hasCode(error, ...fatal)
      return { status: 'failed', error }
    }
  }

  async #removeManifest({ digest, tags }: PlannedManifest): Promise<void> {
    try {
      await this.#deleting.removeManifest(digest)
    } catch (error) {
      if (tags.length === 0 || !isRefused(error)) throw error
      // Registries that delete what has no tag (Artifact Registry), or what has one (Docker Hub), and nothing else.
      for (const tag of tags) await unlessAbsent(this.#deleting.removeTag(tag))
      await this.#removeUntagged(digest)
    }
  }

  async #removeUntagged(digest: Digest): Promise<void> {
    try {
      await unlessAbsent(this.#deleting.removeManifest(digest))
    } catch (error) {
      if (!isRefused(error)) throw error
    }
  }

  async #untag({ tag, digest }: PlannedTag, staying: readonly string[]): Promise<void> {
    const untried = this.#tagsGoAlone === undefined
    // Some registries delete the manifest that a tag names. What that takes along is put back from this.
    const kept = untried ? await this.#deleting.target.fetchManifest(digest) : undefined
    try {
      await this.#deleting.removeTag(tag)
    } catch (error) {
      if (!isRefused(error)) throw error
      this.#tagsGoAlone = false
      return
    }
    if (kept === undefined) return
    const lost = await this.#lostOf(staying, digest)
    this.#tagsGoAlone = lost.length === 0
    const content = contentOf(kept.bytes)
    for (const other of lost) await this.#deleting.target.tag(kept.descriptor, other, content)
  }

  async #lostOf(tags: readonly string[], digest: Digest): Promise<string[]> {
    const lost: string[] = []
    for (const tag of tags) {
      const found = await unlessAbsent(this.#deleting.target.resolve(tag))
      if (found?.digest !== digest) lost.push(tag)
    }
    return lost
  }
}

function inseparable(staying: readonly string[]): Outcome {
  return {
    status: 'kept',
    reason: `this registry removes a tag with its manifest alone, and ${staying.join(', ')} would go along`,
  }
}

function isRefused(error: unknown): boolean {
  return hasCode(error, 'UNSUPPORTED') || answerOf(error)?.status === 400
}

async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND')) return undefined
    throw error
  }
}
