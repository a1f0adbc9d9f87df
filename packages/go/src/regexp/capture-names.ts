/** An expression with a name of its own for each group, and what each was called before. */
export interface RenamedExpression {
  readonly expression: string
  readonly originals: ReadonlyMap<string, string>
}

/** Go takes several groups of one name, re2js does not: the later ones get another name. */
export function renameDuplicates(expression: string): RenamedExpression {
  const taken = new Set(Array.from(expression.matchAll(opening), (match) => match[2] ?? ''))
  const seen = new Set<string>()
  const originals = new Map<string, string>()
  const renamed = expression.replace(piece, (whole, prefix?: string, name?: string) => {
    if (prefix === undefined || name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name)
      return whole
    }
    let unique = name
    for (let count = 2; taken.has(unique); count++) unique = `${name}_${count}`
    taken.add(unique)
    originals.set(unique, name)
    return `${prefix}${unique}>`
  })
  return { expression: renamed, originals }
}

const opening = /(\(\?P?<)([0-9A-Za-z_]+)>/g

/** Escapes, literal stretches and classes, which hold no groups, and the openings of named groups. */
const piece =
  /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?[a-z]+:\]|[^\]\\])*\]?|(\(\?P?<)([0-9A-Za-z_]+)>/g
