import { quote } from '@chartroom/go'
import { escapeToken } from './draft.ts'

/** Why a value does not fit, as a tree: what failed, and why that did. */
export interface Failure {
  /** Names and indexes down to the value. */
  readonly at: readonly string[]
  /** `group` and `reference` say nothing themselves where what is below them does. */
  readonly kind: 'group' | 'reference' | 'keyword'
  readonly text: string
  readonly causes: readonly Failure[]
}

/** The lines of a failure as Helm prints them: `- at '/a': got string, want integer`, causes indented. */
export function failureLines(failure: Failure, indent = 0): string[] {
  const skipped = failure.kind === 'reference' && failure.causes.length === 1
  if (skipped) return failure.causes.flatMap((cause) => failureLines(cause, indent))
  const path = failure.at.map((token) => `/${escapeToken(token)}`).join('')
  const own = `${'  '.repeat(indent)}- at ${quoted(path)}: ${failure.text}`
  return [own, ...failure.causes.flatMap((cause) => failureLines(cause, indent + 1))]
}

/** A text in single quotes, as santhosh-tekuri/jsonschema writes it. */
export function quoted(text: string): string {
  const inner = quote(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner}'`
}

export function quotedList(texts: readonly string[]): string {
  return texts.map(quoted).join(', ')
}

/** What a report begins with: a group says nothing itself. */
export function topFailures(failure: Failure): readonly Failure[] {
  return failure.kind === 'group' ? failure.causes : [failure]
}
