import { trimSpace } from '@chartroom/go'
import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import type { GlobResult } from './glob.ts'
import { globMatcher, matchGlob } from './glob.ts'

interface IgnoreRule {
  readonly negated: boolean
  readonly folderOnly: boolean
  /** Matched against the whole path, else against the last segment. */
  readonly whole: boolean
  readonly matches: (name: string) => GlobResult
}

/** The rules of a chart folder, in file order. */
export type IgnoreRules = readonly IgnoreRule[]

/**
 * Reads a `.helmignore` as Helm does, which is not gitignore: `!x` ignores everything that is not x.
 * Helm's own rule `templates/.?*` comes last. Throws `CHART_INVALID` for `**` and malformed patterns.
 */
export function parseIgnoreRules(text: string): IgnoreRules {
  const lines = (text.startsWith('\ufeff') ? text.slice(1) : text).split('\n')
  lines.push('templates/.?*')
  const rules: IgnoreRule[] = []
  for (let i = 0; i < lines.length; i++) {
    const rule = parseRule(lines[i] ?? '', i + 1)
    if (rule !== undefined) rules.push(rule)
  }
  return rules
}

function parseRule(line: string, number: number): IgnoreRule | undefined {
  if (line.length >= limits.ignoreLineBytes) {
    throw new ChartroomError(
      'LIMIT_EXCEEDED',
      `.helmignore:${number}: line longer than ${limits.ignoreLineBytes} bytes`,
      {
        hint: 'A line of .helmignore is one pattern: put each on its own line.',
      },
    )
  }
  let glob = trimSpace(line)
  if (glob === '' || glob.startsWith('#')) return undefined
  if (glob.includes('**')) {
    throw invalid(
      number,
      'double-star (**) syntax is not supported',
      'Name the folder with a trailing slash instead.',
    )
  }
  if (matchGlob(glob, 'abc') === 'bad pattern') {
    throw invalid(
      number,
      `syntax error in pattern ${glob}`,
      'Close the bracket, or escape it with a backslash.',
    )
  }
  const negated = glob.startsWith('!')
  if (negated) glob = glob.slice(1)
  const folderOnly = glob.endsWith('/')
  if (folderOnly) glob = glob.slice(0, -1)
  const whole = glob.includes('/')
  return { negated, folderOnly, whole, matches: globMatcher(glob.startsWith('/') ? glob.slice(1) : glob) }
}

/** Whether the file or folder at this path, relative to the chart, is left out. The first decision wins. */
export function isIgnored(rules: IgnoreRules, path: string, isFolder: boolean): boolean {
  if (path === '' || path === '.' || path === './') return false
  const name = path.slice(path.lastIndexOf('/') + 1)
  for (const { negated, folderOnly, whole, matches } of rules) {
    if (folderOnly && !isFolder) {
      if (negated) return true
    } else if ((matches(whole ? path : name) === true) !== negated) {
      return true
    }
  }
  return false
}

function invalid(line: number, what: string, hint: string): ChartroomError {
  return new ChartroomError('CHART_INVALID', `.helmignore:${line}: ${what}`, { hint })
}
