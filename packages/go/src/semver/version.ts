export interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  readonly prerelease: string
  readonly metadata: string
  /** The text that was parsed. */
  readonly original: string
}

const mostCharacters = 256
const uint64 = 18_446_744_073_709_551_615n

/** As Masterminds' NewVersion: an optional `v`, absent parts are zero. Undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const parts = partsOf(text.startsWith('v') ? text.slice(1) : text)
  return parts === undefined ? undefined : versionOf(parts, text)
}

/** As Masterminds' StrictNewVersion: exactly SemVer 2. */
export function parseStrictVersion(text: string): Version | undefined {
  const parts = partsOf(text)
  if (parts?.numbers.length !== 3 || parts.numbers.some(hasLeadingZero)) return undefined
  return versionOf(parts, text)
}

interface Parts {
  /** One to three. */
  readonly numbers: readonly string[]
  readonly prerelease: string
  readonly metadata: string
}

// Not by an expression: what V8 makes of one takes longer than reading the versions of most charts.
function partsOf(text: string): Parts | undefined {
  const [rest, metadata] = cut(text, '+')
  const [core, prerelease] = cut(rest, '-')
  const numbers = core.split('.')
  if (numbers.length > 3 || !numbers.every(isDigits)) return undefined
  if (prerelease !== undefined && !isIdentifiers(prerelease)) return undefined
  if (metadata !== undefined && !isIdentifiers(metadata)) return undefined
  return { numbers, prerelease: prerelease ?? '', metadata: metadata ?? '' }
}

/** What stands before a mark, and behind it where there is one. */
function cut(text: string, mark: string): [before: string, behind: string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function versionOf({ numbers, prerelease, metadata }: Parts, original: string): Version | undefined {
  if (original.length > mostCharacters || prerelease.split('.').some(hasLeadingZero)) return undefined
  const [major = 0n, minor = 0n, patch = 0n] = numbers.map(BigInt)
  if (major > uint64 || minor > uint64 || patch > uint64) return undefined
  return { major, minor, patch, prerelease, metadata, original }
}

function hasLeadingZero(text: string): boolean {
  return text.length > 1 && text.startsWith('0') && isDigits(text)
}

export function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x30 || code > 0x39) return false
  }
  return text !== ''
}

/** Letters, digits and dashes with single points between them. */
export function isIdentifiers(text: string): boolean {
  return text.split('.').every(isIdentifier)
}

function isIdentifier(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
    if (!isLetter && code !== 0x2d && (code < 0x30 || code > 0x39)) return false
  }
  return text !== ''
}

/** Precedence by SemVer 2 section 11; build metadata says nothing. */
export function compareVersions(a: Version, b: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1
  }
  return comparePrerelease(a.prerelease, b.prerelease)
}

function comparePrerelease(a: string, b: string): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? 1 : -1
  const [left, right] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareIdentifier(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

function compareIdentifier(a: string, b: string): number {
  const [x, y] = [isDigits(a), isDigits(b)]
  if (x && y) return BigInt(a) === BigInt(b) ? 0 : BigInt(a) < BigInt(b) ? -1 : 1
  if (x !== y) return x ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}

/** Without a `v`, with all parts. */
export function formatVersion({ major, minor, patch, prerelease, metadata }: Version): string {
  const tail = `${prerelease === '' ? '' : `-${prerelease}`}${metadata === '' ? '' : `+${metadata}`}`
  return `${major}.${minor}.${patch}${tail}`
}
