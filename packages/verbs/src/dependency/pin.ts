import type { ArchiveDigest, Dependency } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { Digest } from '@chartroom/oci'
import { isDigest } from '@chartroom/oci'
import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import { recordedFor } from './digests.ts'
import { chooseFromCharts, chooseFromFolder, lockedInFolder } from './from-folder.ts'
import type { FolderContext } from './from-folder.ts'
import type { RegistryContext } from './from-registry.ts'
import { chooseFromRegistry, lockedInRegistry } from './from-registry.ts'
import type { RepositoryContext } from './from-repository.ts'
import { chooseFromRepository, lockedInRepository } from './from-repository.ts'
import { originOf, shownRepository } from './origin.ts'
import type { Pinned, Unmatched } from './pinned.ts'
import { isUnmatched } from './pinned.ts'
import { rangeOf } from './range.ts'

export type PinContext = FolderContext & RegistryContext & RepositoryContext

/** Chooses a version for each declared dependency. Throws `VERSION_NOT_FOUND` naming all that have none. */
export async function pinDeclared(declared: readonly Dependency[], context: PinContext): Promise<Pinned[]> {
  for (const dependency of declared) rangeOf(dependency)
  const results = await pool(declared, concurrency, (dependency) => choose(dependency, context))
  const pinned = results.filter((result): result is Pinned => !isUnmatched(result))
  if (pinned.length < results.length) throw unmatched(declared, results)
  return pinned
}

/**
 * Takes what the lock names. An archive whose digest is recorded, and that the cache holds, is not asked for
 * anywhere.
 */
export function pinLocked(
  locked: readonly Dependency[],
  context: PinContext,
  recorded: readonly ArchiveDigest[] | undefined,
): Promise<Pinned[]> {
  return pool(locked, concurrency, async (dependency) => {
    const pinned = await take(dependency, context)
    const known = recorded && recordedFor(recorded, dependency)
    if (pinned.source?.remote !== true || known === undefined || !isDigest(known.digest)) return pinned
    return fromCacheFirst(pinned, { ...known, digest: known.digest }, context)
  })
}

function choose(dependency: Dependency, context: PinContext): Promise<Pinned | Unmatched> {
  switch (originOf(dependency)) {
    case 'charts':
      return chooseFromCharts(dependency, context)
    case 'folder':
      return chooseFromFolder(dependency, context)
    case 'registry':
      return chooseFromRegistry(dependency, context)
    case 'repository':
      return chooseFromRepository(dependency, context)
  }
}

async function take(locked: Dependency, context: PinContext): Promise<Pinned> {
  switch (originOf(locked)) {
    case 'charts':
      return chooseFromCharts(locked, context)
    case 'folder':
      return lockedInFolder(locked, context)
    case 'registry':
      return lockedInRegistry(locked, context)
    case 'repository':
      return lockedInRepository(locked, context)
  }
}

function fromCacheFirst(
  pinned: Pinned,
  { digest, manifestDigest }: { readonly digest: Digest; readonly manifestDigest?: string | undefined },
  { cache }: PinContext,
): Pinned {
  const { source } = pinned
  if (source === undefined) return pinned
  return {
    ...pinned,
    source: {
      remote: true,
      async archive() {
        const bytes = await cache?.get(digest)
        return bytes === undefined ? source.archive() : { bytes, manifestDigest, fromCache: true }
      },
    },
  }
}

function unmatched(
  declared: readonly Dependency[],
  results: readonly (Pinned | Unmatched)[],
): ChartroomError {
  const missing = declared.flatMap((dependency, position) => {
    const result = results[position]
    return result !== undefined && isUnmatched(result) ? [{ dependency, newest: result.newest }] : []
  })
  const list = missing.map(
    ({ dependency: { name, repository, version = '' } }) =>
      `${JSON.stringify(name)} (repository ${JSON.stringify(shownRepository(repository))}, version ${JSON.stringify(version)})`,
  )
  const there = missing.map(
    ({ dependency: { name }, newest }) =>
      `${name} has ${newest.length === 0 ? 'no versions' : newest.join(', ')}`,
  )
  return new ChartroomError(
    'VERSION_NOT_FOUND',
    `can't get a valid version for ${missing.length} subchart(s): ${list.join(', ')}. Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml`,
    { hint: `${there.join('; ')}.` },
  )
}
