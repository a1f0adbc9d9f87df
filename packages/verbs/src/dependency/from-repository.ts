import type { Dependency } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import { compareVersions, parseVersion } from '@chartroom/go'
import type { IndexEntry } from '@chartroom/repository'
import type { Cache } from '@chartroom/store'
import { RepositorySource } from '../source/repository.ts'
import type { Indexes, OpenedRepository } from './indexes.ts'
import { shownRepository } from './origin.ts'
import type { Pinned, PinnedArchive, Unmatched } from './pinned.ts'
import { rangeOf } from './range.ts'

export interface RepositoryContext {
  readonly indexes: Indexes
  readonly cache?: Cache | undefined
}

/** Chooses as Helm does: the first version in the index's order that the range takes. */
export async function chooseFromRepository(
  dependency: Dependency,
  context: RepositoryContext,
): Promise<Pinned | Unmatched> {
  const { name, repository, alias } = dependency
  const range = rangeOf(dependency)
  const opened = await context.indexes.open(repository)
  const entries = entriesOf(dependency, opened)
  const entry = entries.find(({ version }) => {
    const parsed = parseVersion(version)
    return parsed !== undefined && range.check(parsed)
  })
  if (entry === undefined) return { newest: entries.slice(0, 3).map(({ version }) => version) }
  return {
    locked: { name, repository, version: entry.version },
    alias,
    source: { remote: true, archive: () => archiveOf(dependency, entry, { ...context, opened }) },
  }
}

/** The locked version; the index is opened when the archive is asked for. */
export function lockedInRepository(locked: Dependency, context: RepositoryContext): Pinned {
  return { locked, source: { remote: true, archive: () => lockedArchive(locked, context) } }
}

async function lockedArchive(locked: Dependency, context: RepositoryContext): Promise<PinnedArchive> {
  const opened = await context.indexes.open(locked.repository)
  const entries = entriesOf(locked, opened)
  const entry = entries.find(({ version }) => sameVersion(version, locked.version ?? ''))
  if (entry !== undefined) return archiveOf(locked, entry, { ...context, opened })
  throw new ChartroomError(
    'VERSION_NOT_FOUND',
    `${shownRepository(locked.repository)} has no version ${locked.version ?? ''} of ${locked.name} any more`,
    { hint: 'Choose anew what the ranges in Chart.yaml take: chartroom dependency update.' },
  )
}

function entriesOf({ name, repository }: Dependency, { index }: OpenedRepository): readonly IndexEntry[] {
  const entries = index.entries.get(name)?.filter(({ urls }) => urls.length > 0) ?? []
  if (entries.length > 0) return entries
  const names = [...index.entries.keys()]
  throw new ChartroomError(
    'CHART_NOT_FOUND',
    `${name} chart not found in repo ${shownRepository(repository)}`,
    {
      hint: names.length === 0 ? 'It has no charts at all.' : `It has ${names.slice(0, 8).join(', ')}.`,
    },
  )
}

async function archiveOf(
  { name, repository }: Dependency,
  { version }: IndexEntry,
  { opened, cache }: RepositoryContext & { readonly opened: OpenedRepository },
): Promise<PinnedArchive> {
  const source = new RepositorySource({
    name,
    repository: opened.repository,
    where: shownRepository(repository),
    index: () => Promise.resolve(opened.index),
    cache,
  })
  const resolved = await source.resolve(version)
  return resolved.archive()
}

function sameVersion(a: string, b: string): boolean {
  const [x, y] = [parseVersion(a), parseVersion(b)]
  return x === undefined || y === undefined ? a === b : compareVersions(x, y) === 0
}
