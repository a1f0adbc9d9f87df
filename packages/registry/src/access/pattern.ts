import { globMatcher } from '@chartroom/chart'

/** Says of a repository's name whether a pattern means it. */
export type Pattern = (repository: string) => boolean

/**
 * `*` stands for any characters of one part of the path, `**` for any number of parts; `team/**` is everything below
 * `team`, and not `team` itself. Undefined for what no repository's name could match.
 */
export function compilePattern(text: string): Pattern | undefined {
  const parts = text.split('/')
  if (!parts.every((part) => part === '**' || /^(?:[a-z0-9._-]|\*(?!\*))+$/.test(part))) return undefined
  if (parts.every((part) => part === '**')) return () => true
  const matchers = parts.map(partMatcher)
  return (repository) => matchParts(matchers, repository.split('/'))
}

/** Of one part of the path; undefined for `**`. */
type PartMatcher = ((name: string) => boolean) | undefined

function partMatcher(part: string): PartMatcher {
  if (part === '**') return undefined
  const matches = globMatcher(part)
  return (name) => matches(name) === true
}

// The places of the name that the pattern may have come to, one part of the pattern after the other: no backtracking,
// whatever the pattern.
function matchParts(parts: readonly PartMatcher[], names: readonly string[]): boolean {
  let places = new Set([0])
  for (const [index, matches] of parts.entries()) {
    const next = new Set<number>()
    const least = index === parts.length - 1 ? 1 : 0
    for (const place of places) {
      if (matches === undefined) for (let to = place + least; to <= names.length; to++) next.add(to)
      else if (place < names.length && matches(names[place] ?? '')) next.add(place + 1)
    }
    places = next
  }
  return places.has(names.length)
}
