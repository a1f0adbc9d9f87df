import type { Dependency } from '@chartroom/chart'
import { tagToVersion, versionToTag } from '@chartroom/chart'
import { asChartroomError, ChartroomError, hasCode } from '@chartroom/errors'
import type { Version } from '@chartroom/go'
import { parseStrictVersion, parseVersion } from '@chartroom/go'
import type { Reference } from '@chartroom/oci'
import { parseReference } from '@chartroom/oci'
import type { Cache } from '@chartroom/store'
import type { Connections } from '../connection.ts'
import type { ResolvedChart } from '../source/chart-source.ts'
import { sortVersions } from '../source/nearest.ts'
import { OciSource } from '../source/oci.ts'
import type { Pinned, PinnedSource, Unmatched } from './pinned.ts'
import { rangeOf } from './range.ts'

export interface RegistryContext {
  readonly connections: Connections
  readonly cache?: Cache | undefined
}

/**
 * Chooses as Helm does: what is a version is taken for the tag as it is, and of a range the newest strict
 * version among the tags. Beyond Helm, tags such as `v1.2.3` are taken where no strict one matches.
 */
export async function chooseFromRegistry(
  dependency: Dependency,
  context: RegistryContext,
): Promise<Pinned | Unmatched> {
  const { version: wanted = '' } = dependency
  const reference = referenceOf(dependency)
  const range = rangeOf(dependency)
  if (parseVersion(wanted) !== undefined) {
    const resolved = await resolveTag(reference, wanted, context)
    if (resolved !== undefined)
      return pinned(
        dependency,
        wanted,
        sourceOf(() => Promise.resolve(resolved)),
      )
  }
  const newestFirst = sortVersions(await versionsOf(reference, context))
  const strict = newestFirst.filter(({ original }) => parseStrictVersion(original) !== undefined)
  const takes = (version: Version): boolean => range.check(version)
  const best = strict.find(takes) ?? newestFirst.find(takes)
  if (best === undefined) return { newest: newestFirst.slice(0, 3).map(({ original }) => original) }
  const open = (): Promise<ResolvedChart> => openTag(reference, best.original, context)
  return pinned(dependency, best.original, sourceOf(open))
}

export function lockedInRegistry(locked: Dependency, context: RegistryContext): Pinned {
  const { version = '' } = locked
  return { locked, source: sourceOf(() => openTag(referenceOf(locked), version, context)) }
}

function pinned({ name, repository, alias }: Dependency, version: string, source: PinnedSource): Pinned {
  return { locked: { name, repository, version }, alias, source }
}

function sourceOf(open: () => Promise<ResolvedChart>): PinnedSource {
  return {
    remote: true,
    async archive() {
      const resolved = await open()
      return { ...(await resolved.archive()), manifestDigest: resolved.manifestDigest }
    },
  }
}

/** The chart under the tag of this version; undefined where there is none. */
async function resolveTag(
  reference: Reference,
  version: string,
  context: RegistryContext,
): Promise<ResolvedChart | undefined> {
  try {
    return await openTag(reference, version, context)
  } catch (error) {
    if (hasCode(error, 'VERSION_NOT_FOUND')) return undefined
    throw error
  }
}

function openTag(
  reference: Reference,
  version: string,
  { connections, cache }: RegistryContext,
): Promise<ResolvedChart> {
  const target = connections.repository(reference)
  return new OciSource({ reference: { ...reference, tag: versionToTag(version) }, target, cache }).resolve()
}

async function versionsOf(reference: Reference, { connections }: RegistryContext): Promise<string[]> {
  const versions: string[] = []
  for await (const tag of connections.repository(reference).tags()) versions.push(tagToVersion(tag))
  return versions
}

function referenceOf({ name, repository }: Dependency): Reference {
  const reference = read(name, repository)
  if (reference.tag === undefined && reference.digest === undefined) return reference
  throw new ChartroomError(
    'CHART_INVALID',
    `dependency ${JSON.stringify(name)}: ${repository}/${name} names a tag or digest`,
    { hint: 'Write the version as "version:"; Chart.digests.yaml keeps the digest.' },
  )
}

function read(name: string, repository: string): Reference {
  try {
    return parseReference(`${repository.replace(/\/+$/, '')}/${name}`)
  } catch (error) {
    const { message, hint } = asChartroomError(error)
    throw new ChartroomError('CHART_INVALID', `dependency ${JSON.stringify(name)}: ${message}`, {
      hint,
      cause: error,
    })
  }
}
