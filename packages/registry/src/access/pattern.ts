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
  return (repository) => matchParts(parts, repository.split('/'))
}

// The places of the name that the pattern may have come to, one part of the pattern after the other: no backtracking,
// whatever the pattern.
function matchParts(parts: readonly string[], names: readonly string[]): boolean {
  let places = new Set([0])
  for (const [index, part] of parts.entries()) {
    const next = new Set<number>()
    const least = index === parts.length - 1 ? 1 : 0
    for (const place of places) {
      if (part === '**') for (let to = place + least; to <= names.length; to++) next.add(to)
      else if (place < names.length && matchPart(part, names[place] ?? '')) next.add(place + 1)
    }
    places = next
  }
  return places.has(names.length)
}

// Greedy: it is enough to take up again behind the last star.
function matchPart(part: string, name: string): boolean {
  let [at, star, retry] = [0, -1, 0]
  for (let place = 0; place < name.length; ) {
    if (part[at] === '*') {
      star = at
      at += 1
      retry = place
    } else if (at < part.length && part[at] === name[place]) {
      at += 1
      place += 1
    } else if (star >= 0) {
      at = star + 1
      retry += 1
      place = retry
    } else {
      return false
    }
  }
  return /^\**$/.test(part.slice(at))
}
