import { ChartroomError } from '@chartroom/errors'
import type { Version } from '@chartroom/go'
import { compareVersions, parseVersion } from '@chartroom/go'

/** Semantic versions among the texts, newest first; other texts are left out. */
export function sortVersions(texts: Iterable<string>): Version[] {
  const versions: Version[] = []
  for (const text of texts) {
    const version = parseVersion(text)
    if (version !== undefined) versions.push(version)
  }
  return versions.sort((a, b) => compareVersions(b, a) || (a.original < b.original ? 1 : -1))
}

/**
 * The error for an absent version: it lists the versions nearest to the one asked for. `present` is undefined
 * where they are not shown.
 */
export function versionNotFound(
  where: string,
  wanted: string,
  present: Iterable<string> | undefined,
): ChartroomError {
  return new ChartroomError('VERSION_NOT_FOUND', `${where} has no version ${wanted}`, {
    op: 'resolve',
    origin: where,
    hint: present === undefined ? 'It does not show which versions it has.' : nearestHint(wanted, present),
  })
}

function nearestHint(wanted: string, present: Iterable<string>): string {
  const near = nearest(wanted, sortVersions(present))
  return near.length === 0 ? 'It has no versions at all.' : `Nearest: ${near.join(', ')}.`
}

function nearest(wanted: string, newestFirst: readonly Version[]): string[] {
  const version = parseVersion(wanted)
  if (version === undefined) return newestFirst.slice(0, 3).map(({ original }) => original)
  const below = newestFirst.findIndex((one) => compareVersions(one, version) < 0)
  const position = below < 0 ? newestFirst.length : below
  return newestFirst.slice(Math.max(0, position - 2), position + 2).map(({ original }) => original)
}
