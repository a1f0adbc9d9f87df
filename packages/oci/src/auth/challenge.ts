/** One challenge of a `WWW-Authenticate` header (RFC 9110 section 11.6.1), its parameters by lower-case name. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

const word = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y
const mostChallenges = 16

/** Reads all challenges of a header; what cannot be read ends the list. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = []
  const reader = new HeaderReader(header)
  while (challenges.length < mostChallenges) {
    reader.skip(/[\s,]/)
    const name = reader.word()
    if (name === '') break
    reader.skip(/\s/)
    if (!reader.take('=')) {
      challenges.push({
        scheme: name.toLowerCase(),
        parameters: Object.create(null) as Record<string, string>,
      })
      continue
    }
    reader.skip(/\s/)
    const value = reader.take('"') ? reader.quoted() : reader.word()
    const current = challenges.at(-1)
    if (current !== undefined) current.parameters[name.toLowerCase()] = value
  }
  return challenges
}

class HeaderReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  skip(pattern: RegExp): void {
    while (this.#at < this.#text.length && pattern.test(this.#text[this.#at] ?? '')) this.#at++
  }

  take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  word(): string {
    word.lastIndex = this.#at
    const found = word.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  /** The text up to the closing quote, which is taken too. */
  quoted(): string {
    let text = ''
    for (; this.#at < this.#text.length && this.#text[this.#at] !== '"'; this.#at++) {
      if (this.#text[this.#at] === '\\') this.#at++
      text += this.#text[this.#at] ?? ''
    }
    this.#at++
    return text
  }
}
