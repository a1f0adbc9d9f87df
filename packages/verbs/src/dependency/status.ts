import type { Dependency, Metadata } from '@chartroom/chart'
import { matchGlob } from '@chartroom/chart'
import { hasCode } from '@chartroom/errors'
import type { Constraint } from '@chartroom/go'
import { parseConstraint, parseStrictVersion, parseVersion } from '@chartroom/go'

/** Helm's words for how a declared dependency stands. */
export type DependencyStatus =
  | 'ok'
  | 'unpacked'
  | 'missing'
  | 'wrong version'
  | 'invalid version'
  | 'too many matches'
  | 'misnamed'
  | 'corrupt'
  | 'bad pattern'

/** One entry of `charts/`. */
export interface PresentChart {
  readonly file: string
  readonly isFolder: boolean
  /** Undefined for what is no chart. */
  readonly metadata: Metadata | undefined
}

/** As Helm finds it: archives named after the chart first, then any chart of that name. */
export function statusOf(dependency: Dependency, present: readonly PresentChart[]): DependencyStatus {
  const { name } = dependency
  const matches = present.map((one) => [one, matchGlob(`${name}-*.tgz`, one.file)] as const)
  if (
    matchGlob(`${name}-*.tgz`, '') === 'bad pattern' ||
    matches.some(([, match]) => match === 'bad pattern')
  )
    return 'bad pattern'
  const archives = matches.flatMap(([one, match]) => (match === true ? [one] : []))
  const versioned = archives.length > 1 ? archives.filter(({ file }) => hasVersion(file, name)) : archives
  if (versioned.length > 1) return 'too many matches'
  const [archive] = versioned
  if (archive !== undefined) return archiveStatus(dependency, archive)
  // Helm loads nothing whose name begins with a dot or an underscore.
  const unpacked = present.findLast(({ file, metadata }) => metadata?.name === name && !/^[_.]/.test(file))
  if (unpacked?.metadata === undefined) return 'missing'
  return versionStatus(dependency, unpacked.metadata) ?? 'unpacked'
}

function archiveStatus(dependency: Dependency, { metadata }: PresentChart): DependencyStatus {
  if (metadata === undefined) return 'corrupt'
  if (metadata.name !== dependency.name) return 'misnamed'
  return versionStatus(dependency, metadata) ?? 'ok'
}

/** Undefined when the version is one that is wanted. */
function versionStatus(
  { version: wanted = '' }: Dependency,
  { version: found }: Metadata,
): DependencyStatus | undefined {
  if (found === wanted) return undefined
  const range = rangeIn(wanted)
  const version = parseVersion(found)
  if (range === undefined || version === undefined) return 'invalid version'
  return range.check(version) ? undefined : 'wrong version'
}

function rangeIn(text: string): Constraint | undefined {
  try {
    return parseConstraint(text)
  } catch (error) {
    if (hasCode(error, 'USAGE')) return undefined
    throw error
  }
}

// redis-1.0.0.tgz, and not redis-cluster-1.0.0.tgz.
function hasVersion(file: string, name: string): boolean {
  const text = file.slice(0, -'.tgz'.length)
  return parseStrictVersion(text.startsWith(`${name}-`) ? text.slice(name.length + 1) : text) !== undefined
}
