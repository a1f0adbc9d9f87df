import { limits } from '../limits.ts'

/** One challenge of a `WWW-Authenticate` header (RFC 9110 section 11.6.1), its parameters by lower-case name. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

const word = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y
// Unquoted values hold addresses and scopes in the wild: all but what ends a parameter.
const plain = /[^\s,"]*/y

/**
 * Reads all challenges of a header, as registries write them: with or without quotes, commas and spaces. What
 * cannot be read ends the list.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = []
  let at = 0
  for (;;) {
    at = skip(header, at, /[\s,]/)
    const name = take(header, at, word)
    if (name === '') return challenges
    at = skip(header, at + name.length, /\s/)
    if (header[at] !== '=') {
      if (challenges.length >= limits.challenges) return challenges
      challenges.push({
        scheme: name.toLowerCase(),
        parameters: Object.create(null) as Record<string, string>,
      })
      continue
    }
    const value = readValue(header, skip(header, at + 1, /\s/))
    at = value.end
    const current = challenges.at(-1)?.parameters
    // The first of two equal names counts, so that nothing can be appended to take its place.
    if (current !== undefined) current[name.toLowerCase()] ??= value.text
  }
}

function readValue(header: string, start: number): { text: string; end: number } {
  if (header[start] !== '"') {
    const text = take(header, start, plain)
    return { text, end: start + text.length }
  }
  let text = ''
  let at = start + 1
  for (; at < header.length && header[at] !== '"'; at++) {
    if (header[at] === '\\') at++
    text += header[at] ?? ''
  }
  return { text, end: at + 1 }
}

function take(header: string, at: number, pattern: RegExp): string {
  pattern.lastIndex = at
  return pattern.exec(header)?.[0] ?? ''
}

function skip(header: string, start: number, pattern: RegExp): number {
  let at = start
  while (at < header.length && pattern.test(header[at] ?? '')) at++
  return at
}
