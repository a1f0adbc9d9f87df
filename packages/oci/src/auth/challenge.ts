/** One challenge of a `WWW-Authenticate` header (RFC 9110 section 11.6.1), its parameters by lower-case name. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y

/** Reads all challenges of a header; what cannot be read ends the list. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = []
  let at = 0
  const skip = (pattern: RegExp): void => {
    while (at < header.length && pattern.test(header[at] ?? '')) at++
  }
  const word = (): string => {
    token.lastIndex = at
    const found = token.exec(header)?.[0] ?? ''
    at += found.length
    return found
  }
  while (at < header.length && challenges.length < 16) {
    skip(/[\s,]/)
    const name = word()
    if (name === '') break
    skip(/\s/)
    if (header[at] !== '=') {
      challenges.push({
        scheme: name.toLowerCase(),
        parameters: Object.create(null) as Record<string, string>,
      })
      continue
    }
    at++
    skip(/\s/)
    const value = header[at] === '"' ? quoted() : word()
    const current = challenges.at(-1)
    if (current !== undefined) current.parameters[name.toLowerCase()] = value
  }
  return challenges

  function quoted(): string {
    let text = ''
    for (at++; at < header.length && header[at] !== '"'; at++) {
      if (header[at] === '\\') at++
      text += header[at] ?? ''
    }
    at++
    return text
  }
}
