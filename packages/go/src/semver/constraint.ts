import { ChartroomError } from '@chartroom/errors'
import type { Version } from './version.ts'
import { compareVersions, parseVersion } from './version.ts'

export interface Constraint {
  check(version: Version): boolean
  toString(): string
}

interface Comparator {
  readonly operator: string
  readonly version: Version
  readonly dirty: boolean
  readonly minorDirty: boolean
  readonly patchDirty: boolean
}

const operator = '=|!=|>|<|>=|=>|<=|=<|~|~>|\\^|'
const part = '\\d+|[xX*]'
const tail = '(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?'
const comparator = `(${operator})\\s*v?(${part})(?:\\.(${part}))?(?:\\.(${part}))?${tail}`
const ungrouped = comparator.replace(/\((?!\?)/g, '(?:')
const whole = new RegExp(`^\\s*${ungrouped}\\s*(?:(?:\\s+|,\\s*)${ungrouped}\\s*)*$`)
const hyphen = new RegExp(
  `\\s*(v?(?:${part})(?:\\.(?:${part}))?(?:\\.(?:${part}))?${tail.replace(/\((?!\?)/g, '(?:')})\\s+-\\s+(v?(?:${part})(?:\\.(?:${part}))?(?:\\.(?:${part}))?${tail.replace(/\((?!\?)/g, '(?:')})\\s*`,
  'g',
)

/** Masterminds' NewConstraint. Throws `USAGE` with its words for text that is no constraint. */
export function parseConstraint(text: string): Constraint {
  const groups = text
    .replace(hyphen, '>=$1,<=$2')
    .split('||')
    .map((group) => parseGroup(group, text))
  return {
    check: (version) => groups.some((group) => checkGroup(group, version)),
    toString: () => text,
  }
}

/** The highest version that satisfies the constraint; the first of equals. */
export function maxSatisfying(constraint: Constraint, versions: Iterable<Version>): Version | undefined {
  let best: Version | undefined
  for (const version of versions) {
    if (constraint.check(version) && (best === undefined || compareVersions(version, best) > 0))
      best = version
  }
  return best
}

function parseGroup(group: string, text: string): Comparator[] {
  if (text.length > 4096 || !whole.test(group)) throw improper(text)
  return [...group.matchAll(new RegExp(comparator, 'g'))].map((match) => {
    const [, symbol = '', major = '', minor = '', patch = '', prerelease = ''] = match
    const suffix = prerelease === '' ? '' : `-${prerelease}`
    const majorDirty = isWildcard(major)
    const minorDirty = !majorDirty && isWildcard(minor)
    const patchDirty = !majorDirty && !minorDirty && isWildcard(patch)
    const numbers = majorDirty
      ? '0.0.0'
      : minorDirty
        ? `${major}.0.0`
        : `${major}.${minor}.${patchDirty ? 0 : patch}`
    const version = parseVersion(numbers + suffix)
    if (version === undefined) throw improper(text)
    return {
      operator: symbol,
      version,
      dirty: majorDirty || minorDirty || patchDirty,
      minorDirty,
      patchDirty,
    }
  })
}

function isWildcard(text: string): boolean {
  return text === '' || text === 'x' || text === 'X' || text === '*'
}

function improper(text: string): ChartroomError {
  return new ChartroomError('USAGE', `improper constraint: ${JSON.stringify(text)}`, {
    hint: 'Write a version such as 1.2.3, or a range such as ^1.2 or ">=1.2, <2".',
  })
}

// A group that names no pre-release anywhere takes none.
function checkGroup(group: readonly Comparator[], version: Version): boolean {
  if (version.prerelease !== '' && group.every((one) => one.version.prerelease === '')) return false
  return group.every((one) => check(one, version))
}

function check(one: Comparator, version: Version): boolean {
  switch (one.operator) {
    case '!=':
      return isNot(one, version)
    case '>':
      return isGreater(one, version)
    case '<':
      return compareVersions(version, one.version) < 0
    case '>=':
    case '=>':
      return compareVersions(version, one.version) >= 0
    case '<=':
    case '=<':
      return isAtMost(one, version)
    case '~':
    case '~>':
      return isTilde(one, version)
    case '^':
      return isCaret(one, version)
    default:
      return one.dirty ? isTilde(one, version) : compareVersions(version, one.version) === 0
  }
}

function isNot({ version: bound, dirty, minorDirty, patchDirty }: Comparator, version: Version): boolean {
  if (!dirty) return compareVersions(version, bound) !== 0
  if (version.major !== bound.major) return true
  if (minorDirty) return false
  if (version.minor !== bound.minor) return true
  return patchDirty ? version.prerelease !== bound.prerelease : compareVersions(version, bound) !== 0
}

function isGreater({ version: bound, minorDirty, patchDirty }: Comparator, version: Version): boolean {
  if (!minorDirty && !patchDirty) return compareVersions(version, bound) > 0
  if (version.major !== bound.major) return version.major > bound.major
  return patchDirty && version.minor > bound.minor
}

function isAtMost({ version: bound, dirty, minorDirty }: Comparator, version: Version): boolean {
  if (!dirty) return compareVersions(version, bound) <= 0
  if (version.major !== bound.major) return version.major < bound.major
  return minorDirty || version.minor <= bound.minor
}

function isTilde({ version: bound, minorDirty, patchDirty }: Comparator, version: Version): boolean {
  if (compareVersions(version, bound) < 0) return false
  const zero = bound.major === 0n && bound.minor === 0n && bound.patch === 0n
  if (zero && !minorDirty && !patchDirty) return true
  return version.major === bound.major && (minorDirty || version.minor === bound.minor)
}

function isCaret({ version: bound, minorDirty, patchDirty }: Comparator, version: Version): boolean {
  if (compareVersions(version, bound) < 0) return false
  if (bound.major > 0n || minorDirty) return version.major === bound.major
  if (version.major > 0n) return false
  if (bound.minor > 0n || patchDirty) return version.minor === bound.minor
  return version.minor === 0n && version.patch === bound.patch
}
