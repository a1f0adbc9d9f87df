/** Characters of a `--set` line, taken one after the other. */
export class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get rest(): string {
    return this.#text.slice(this.#at)
  }

  /** The next character, undefined at the end. */
  next(): string | undefined {
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) return undefined
    const character = String.fromCodePoint(code)
    this.#at += character.length
    return character
  }

  peek(): string | undefined {
    const code = this.#text.codePointAt(this.#at)
    return code === undefined ? undefined : String.fromCodePoint(code)
  }

  skip(length: number): void {
    this.#at += length
  }

  /** The text up to one of the stop characters and that character, which is undefined at the end. */
  until(stop: string, options: { readonly escapes: boolean }): { text: string; last: string | undefined } {
    let text = ''
    for (;;) {
      const character = this.next()
      if (character === undefined || stop.includes(character)) return { text, last: character }
      if (character !== '\\' || !options.escapes) {
        text += character
        continue
      }
      const escaped = this.next()
      if (escaped === undefined) return { text, last: undefined }
      text += escaped
    }
  }
}
