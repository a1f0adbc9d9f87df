import { tagToVersion } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { Version } from '@chartroom/go'
import { compareVersions, parseRfc3339, parseVersion } from '@chartroom/go'
import { compileVersionPattern } from './pattern.ts'

/** Which versions stay. One that any of the rules keeps stays. */
export interface RetentionPolicy {
  /** So many of the newest, in semver order. */
  readonly keep?: number | undefined
  /** Those whose `created` annotation is no older than so many days. */
  readonly keepDays?: number | undefined
  /** The newest of every major, or of every minor. */
  readonly keepSemver?: 'major' | 'minor' | undefined
  /** Only versions that one of these patterns means may go; the rules count among them alone. */
  readonly match?: readonly string[] | undefined
  /** Versions that one of these patterns means stay, and are not counted. */
  readonly exclude?: readonly string[] | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** A tag to decide on. */
export interface Candidate {
  readonly tag: string
  readonly isChart: boolean
  readonly created?: string | undefined
}

export interface Verdict {
  readonly keep: boolean
  readonly reason: string
}

interface Candidacy extends Candidate {
  readonly version: Version
}

/** Throws `USAGE` for a policy without a rule, which would keep nothing. */
export function checkPolicy({ keep, keepDays, keepSemver, match, exclude }: RetentionPolicy): void {
  for (const pattern of [...(match ?? []), ...(exclude ?? [])]) compileVersionPattern(pattern)
  if (keep !== undefined || keepDays !== undefined || keepSemver !== undefined) return
  throw new ChartroomError('USAGE', 'nothing says which versions stay', {
    hint: 'Pass --keep 10, --keep-days 90 or --keep-semver minor; a version that one of them keeps stays.',
  })
}

/**
 * The version a tag stands for; undefined for moving tags such as `latest` or `1.2`. Charts may have a `v` before their
 * version; one of fewer than three numbers is a tag that moves.
 */
export function versionOfTag(tag: string): Version | undefined {
  return /^v?\d+\.\d+\.\d+/.test(tag) ? parseVersion(tagToVersion(tag)) : undefined
}

/** Versions newest first, then the other tags by name. */
export function compareTags(a: string, b: string): number {
  const [left, right] = [versionOfTag(a), versionOfTag(b)]
  if ((left === undefined) !== (right === undefined)) return left === undefined ? 1 : -1
  const order = left === undefined || right === undefined ? 0 : compareVersions(right, left)
  return order || (a < b ? -1 : 1)
}

/** What the policy alone says of each tag; what others need stays even so. */
export function judge(candidates: readonly Candidate[], policy: RetentionPolicy): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  const versions: Candidacy[] = []
  for (const candidate of candidates) {
    const version = versionOfTag(candidate.tag)
    if (version === undefined) verdicts.set(candidate.tag, kept('not a version'))
    else if (!candidate.isChart) verdicts.set(candidate.tag, kept('not a chart'))
    else versions.push({ ...candidate, version })
  }
  versions.sort(newestFirst)
  const stable = versions.find(({ version }) => version.prerelease === '')
  const counted = versions.filter((one) => {
    const outside = outsideOf(policy, one)
    if (outside !== undefined) verdicts.set(one.tag, kept(outside))
    return outside === undefined
  })
  const rules = [newestRule(counted, policy), lineRule(counted, policy), ageRule(policy)]
  for (const one of counted) {
    const said = rules.flatMap((rule) => rule?.(one) ?? [])
    const verdict = said.find(({ keep }) => keep)
    if (verdict !== undefined) verdicts.set(one.tag, verdict)
    // Whoever installs without naming a version gets this one.
    else if (stable !== undefined && isSame(stable, one)) verdicts.set(one.tag, kept('the newest release'))
    else verdicts.set(one.tag, { keep: false, reason: said.map(({ reason }) => reason).join(', ') })
  }
  return verdicts
}

type Rule = (one: Candidacy) => Verdict

// A version under two tags, such as 1.0.0 and v1.0.0, counts once.
function newestRule(counted: readonly Candidacy[], { keep }: RetentionPolicy): Rule | undefined {
  if (keep === undefined) return undefined
  const newest = new Set([...new Set(counted.map(identity))].slice(0, keep))
  const name = keep === 1 ? 'the newest' : `of the ${keep} newest`
  return (one) => (newest.has(identity(one)) ? kept(name) : { keep: false, reason: `not ${name}` })
}

function lineRule(counted: readonly Candidacy[], { keepSemver }: RetentionPolicy): Rule | undefined {
  if (keepSemver === undefined) return undefined
  const lineOf = ({ version }: Candidacy): string =>
    keepSemver === 'major' ? `${version.major}` : `${version.major}.${version.minor}`
  const newest = new Map<string, string>()
  const newestRelease = new Map<string, string>()
  for (const one of counted) {
    const line = lineOf(one)
    if (!newest.has(line)) newest.set(line, identity(one))
    if (one.version.prerelease === '' && !newestRelease.has(line)) newestRelease.set(line, identity(one))
  }
  return (one) => {
    const line = lineOf(one)
    if (newest.get(line) === identity(one)) return kept(`the newest of ${line}`)
    if (newestRelease.get(line) === identity(one)) return kept(`the newest release of ${line}`)
    return { keep: false, reason: `not the newest of ${line}` }
  }
}

function ageRule({ keepDays, now }: RetentionPolicy): Rule | undefined {
  if (keepDays === undefined) return undefined
  return ({ created }) => {
    const time = created === undefined || created === unknownTime ? undefined : parseRfc3339(created)
    if (time === undefined) return kept('of unknown age')
    const days = `${keepDays} day${keepDays === 1 ? '' : 's'}`
    return now - time.getTime() <= keepDays * 86_400_000
      ? kept(`no older than ${days}`)
      : { keep: false, reason: `older than ${days}` }
  }
}

// What reproducible packing writes where nobody knows when the chart was made.
const unknownTime = '1980-01-01T00:00:00Z'

function outsideOf(
  { match = [], exclude = [] }: RetentionPolicy,
  { version }: Candidacy,
): string | undefined {
  const means = (pattern: string): boolean => compileVersionPattern(pattern)(version.original)
  const excluding = exclude.find(means)
  if (excluding !== undefined) return `excluded by ${excluding}`
  return match.length === 0 || match.some(means) ? undefined : `not matched by ${match.join(', ')}`
}

function newestFirst(a: Candidacy, b: Candidacy): number {
  return compareVersions(b.version, a.version) || (identity(a) < identity(b) ? 1 : -1)
}

function identity({ version }: Candidacy): string {
  const { major, minor, patch, prerelease, metadata } = version
  return `${major}.${minor}.${patch}-${prerelease}+${metadata}`
}

function isSame(a: Candidacy, b: Candidacy): boolean {
  return identity(a) === identity(b)
}

function kept(reason: string): Verdict {
  return { keep: true, reason }
}
