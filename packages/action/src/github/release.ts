import { ChartroomError, hasCode } from '@chartroom/errors'
import { limits } from '../limits.ts'
import { isOurs, withSection } from './release-body.ts'
import type { FileResult, ReleaseFile } from './release-files.ts'
import { completeFiles } from './release-files.ts'
import type { Raced, Release, Releases } from './releases.ts'

export interface ReleaseRequest {
  readonly tag: string
  readonly files: readonly ReleaseFile[]
  /** Our part of its text, in Markdown. */
  readonly section: string
  readonly prerelease: boolean
}

/** What became of a release. `draft`: somebody made it as one, and it was left so. */
export interface ReleaseResult {
  readonly tag: string
  readonly url: string
  readonly action: 'completed' | 'created' | 'unchanged'
  readonly draft: boolean
  readonly files: readonly FileResult[]
}

/**
 * Makes a release or completes one. A new one is a draft until all of its files are there, so that nobody sees half of
 * it, and so that it can be made immutable. Another run that is faster is joined. Throws `CONFLICT` and what
 * {@link Releases} throws.
 */
export async function completeRelease(releases: Releases, request: ReleaseRequest): Promise<ReleaseResult> {
  for (let round = 1; ; round++) {
    const started = await start(releases, request)
    if (started !== 'exists') {
      const files = await completeFiles(releases, started.release, request.files)
      const finished = await finish(releases, started.release, request)
      if (finished !== 'exists') return resultOf(request, { ...started, ...finished, files })
      // Ours has lost; what it has, the other has or will get.
      if (isOurs(started.release.body ?? '')) await releases.remove(started.release.id)
    }
    if (round >= limits.races) throw endlessRace(request)
    await releases.api.pause(round)
  }
}

interface Started {
  readonly release: Release
  readonly isNew: boolean
}

async function start(releases: Releases, request: ReleaseRequest): Promise<Raced<Started>> {
  const found = await existing(releases, request.tag)
  if (found !== undefined) return { release: found, isNew: false }
  const made = await create(releases, request)
  return made === 'exists' ? made : { release: made, isNew: true }
}

async function existing(releases: Releases, tag: string): Promise<Release | undefined> {
  const { published, drafts } = await releases.find(tag)
  return published ?? drafts.find(({ body }) => isOurs(body ?? '')) ?? drafts[0]
}

/** A try whose answer was lost may have made it: it is looked for before another. */
async function create(releases: Releases, request: ReleaseRequest): Promise<Raced<Release>> {
  const { tag, section, prerelease } = request
  for (let attempt = 1; ; attempt++) {
    try {
      return await releases.create({ tag, body: withSection('', section), prerelease })
    } catch (error) {
      if (attempt >= limits.attempts || !hasCode(error, 'NETWORK', 'TIMEOUT', 'SERVER_ERROR')) throw error
      await releases.api.pause(attempt)
      const found = await existing(releases, tag)
      if (found !== undefined) return found
    }
  }
}

interface Finished {
  readonly release: Release
  readonly hasChanged: boolean
}

/** Its text, and for a draft of ours that it is one no longer. */
async function finish(
  releases: Releases,
  release: Release,
  request: ReleaseRequest,
): Promise<Raced<Finished>> {
  const before = release.body ?? ''
  const body = withSection(before, request.section)
  const publishes = release.draft && isOurs(before)
  const asked = {
    ...(body === before.replaceAll('\r\n', '\n') ? {} : { body }),
    ...(publishes ? { draft: false, prerelease: request.prerelease, make_latest: 'legacy' } : {}),
  }
  if (Object.keys(asked).length === 0) return { release, hasChanged: false }
  const updated = await releases.update(release.id, asked)
  return updated === 'exists' ? updated : { release: updated, hasChanged: true }
}

function resultOf(
  { tag }: ReleaseRequest,
  { release, isNew, hasChanged, files }: Started & Finished & { readonly files: readonly FileResult[] },
): ReleaseResult {
  const isSame = !hasChanged && files.every(({ action }) => action === 'unchanged')
  const action = isNew ? 'created' : isSame ? 'unchanged' : 'completed'
  return { tag, url: release.html_url, action, draft: release.draft, files }
}

function endlessRace({ tag }: ReleaseRequest): ChartroomError {
  return new ChartroomError('CONFLICT', `other runs change the release ${tag} at the same time`, {
    op: 'release',
    hint: 'Run the job again: it completes what is missing. A concurrency group keeps runs apart.',
  })
}
