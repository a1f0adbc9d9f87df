import { ChartroomError } from '@chartroom/errors'
import { quote } from '../fmt/quote.ts'
import { FunctionError } from '../value/function.ts'
import { constraintPatterns } from './constraint-patterns.ts'
import type { Version } from './version.ts'
import { compareVersions, isDigits, isIdentifiers, parseVersion } from './version.ts'

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

// Masterminds' own limits.
const maxBytes = 512
const maxGroups = 32

/** Masterminds' NewConstraint. Throws `USAGE` for text that is no constraint; the cause is a `FunctionError` in
 * its words. */
export function parseConstraint(text: string): Constraint {
  const usual = usualComparator(text)
  const groups = usual === undefined ? groupsOf(text) : [[usual]]
  return {
    check: (version) => groups.some((group) => checkGroup(group, version)),
    toString: () => text,
  }
}

const operators = new Set(['', '=', '!=', '>', '<', '>=', '=>', '<=', '=<', '~', '~>', '^'])

/** A text that is one comparator, such as `^1.2` or `>= 1.19.0-0`, without a look by expressions. */
function usualComparator(text: string): Comparator | undefined {
  if (text.length > 100) return undefined
  let at = 0
  while (at < text.length && '=!<>~^'.includes(text.charAt(at))) at++
  const operator = text.slice(0, at)
  if (!operators.has(operator)) return undefined
  if (text[at] === ' ') at++
  if (text[at] === 'v') at++
  const dash = text.indexOf('-', at)
  const parts = text.slice(at, dash < 0 ? undefined : dash).split('.')
  const prerelease = dash < 0 ? '' : text.slice(dash + 1)
  if (parts.length > 3 || !parts.every(isUsualPart) || (dash >= 0 && !isIdentifiers(prerelease))) {
    return undefined
  }
  const [major, minor, patch] = parts
  return comparatorOf([text, operator, major, minor, patch, prerelease])
}

function isUsualPart(text: string): boolean {
  return isDigits(text) || (text !== '' && isWildcard(text))
}

function groupsOf(text: string): Comparator[][] {
  if (new TextEncoder().encode(text).length > maxBytes)
    throw refused(`constraint string is too long (max ${maxBytes} bytes)`)
  const parts = withoutHyphens(text).split('||')
  if (parts.length > maxGroups) throw refused(`too many constraint groups (max ${maxGroups})`)
  return parts.map((group) => {
    const comparators = parseGroup(normalized(group))
    if (typeof comparators === 'string') throw improper(text, comparators, group)
    return comparators
  })
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

/** The comparators of a group, or what is wrong with it. */
function parseGroup(group: string): Comparator[] | 'improper' | 'no version' {
  const { whole, comparators: each } = constraintPatterns()
  if (!whole.test(group)) return 'improper'
  const comparators: Comparator[] = []
  for (const match of group.matchAll(each)) {
    const one = comparatorOf(match)
    if (one === undefined) return 'no version'
    comparators.push(one)
  }
  return comparators
}

function comparatorOf(match: readonly (string | undefined)[]): Comparator | undefined {
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
  if (version === undefined) return undefined
  return {
    operator: symbol,
    version,
    dirty: majorDirty || minorDirty || patchDirty,
    minorDirty,
    patchDirty,
  }
}

function isWildcard(text: string): boolean {
  return text === '' || text === 'x' || text === 'X' || text === '*'
}

/** Blanks as one or none: where one can be read in two ways, a hostile text takes years. */
function normalized(group: string): string {
  return group
    .replace(/[\t\n\f\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(/ ?, ?/g, ',')
}

/** `1 - 2` as `>= 1, <= 2 `, which errors show. */
function withoutHyphens(text: string): string {
  let written = text
  for (const [range, from = '', to = ''] of text.matchAll(constraintPatterns().hyphens)) {
    written = written.replace(range, () => `>= ${from}, <= ${to} `)
  }
  return written
}

function improper(text: string, fault: 'improper' | 'no version', group: string): ChartroomError {
  const words = fault === 'improper' ? `improper constraint: ${quote(group)}` : 'constraint parser error'
  return refused(`improper constraint: ${JSON.stringify(text)}`, words)
}

function refused(message: string, words: string = message): ChartroomError {
  return new ChartroomError('USAGE', message, {
    hint: 'Write a version such as 1.2.3, or a range such as ^1.2 or ">=1.2, <2".',
    cause: new FunctionError(words),
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
