import { isConnector, nextWord } from './identifier-words.ts'
import type { Word } from './identifier-words.ts'
import { isUpper, lowerOf, runesOf, upperOf } from './unicode.ts'

/** xstrings' `ToPascalCase`: letters behind a connector become capitals, a run of capitals becomes small. */
export function toPascal(text: string): string {
  const runes = runesOf(text)
  if (runes.length === 0) return ''
  let out = ''
  let at = 0
  let current = ''
  let inCapitals = false
  while (at < runes.length) {
    current = runes[at++] ?? ''
    if (!isConnector(current)) {
      inCapitals = isUpper(current)
      current = upperOf(current)
      break
    }
    out += current
  }
  // A text of nothing but connectors gets its last one twice.
  for (; at < runes.length; at++) {
    const previous = current
    current = runes[at] ?? ''
    if (isConnector(current) && isConnector(previous)) {
      out += previous
    } else if (isConnector(previous)) {
      inCapitals = isUpper(current)
      current = upperOf(current)
    } else {
      inCapitals &&= isUpper(current)
      if (inCapitals) current = lowerOf(current)
      out += previous
    }
  }
  return out + current
}

/** xstrings' `ToSnakeCase` and `ToKebabCase`: words in small letters with a connector between them. */
export function joinLower(text: string, connector: string): string {
  return text === '' ? '' : new LowerWords(text, connector).write()
}

class LowerWords {
  readonly #characters: readonly string[]
  readonly #connector: string
  #word: Word
  #out = ''

  constructor(text: string, connector: string) {
    this.#characters = Array.from(text)
    this.#connector = connector
    this.#word = nextWord(this.#characters, 0)
  }

  write(): string {
    while (this.#word.end < this.#characters.length) {
      if (this.#word.kind !== 'connector') this.#writeWord(this.#word)
      const previous = this.#word
      this.#advance()
      if (previous.kind === 'connector') this.#writeWord(previous)
      else if (previous.kind === 'number') this.#writeAlphanumeric()
      else if (previous.kind !== 'punctuation') this.#connect()
    }
    this.#writeWord(this.#word)
    return this.#out
  }

  /** What stands between letters and the word behind them; a number before the last word is written here. */
  #connect(): void {
    if (this.#word.kind === 'number') {
      if (this.#word.end === this.#characters.length) return
      const number = this.#word
      if (this.#advance().kind === 'alphabet') {
        // Small letters behind a number belong to it: HTTP2xx is http_2xx.
        this.#out += this.#connector
        this.#writeWord(number)
        this.#writeAlphanumeric()
        return
      }
      this.#writeWord(number)
    }
    if (!this.#separates()) this.#out += this.#connector
  }

  /** Small letters and digits as they follow each other. */
  #writeAlphanumeric(): void {
    while (this.#word.kind === 'alphabet' || this.#word.kind === 'number') {
      this.#writeWord(this.#word)
      this.#advance()
    }
    if (this.#word.kind !== 'invalid' && !this.#separates()) this.#out += this.#connector
  }

  #advance(): Word {
    this.#word = nextWord(this.#characters, this.#word.end)
    return this.#word
  }

  #separates(): boolean {
    return this.#word.kind === 'connector' || this.#word.kind === 'punctuation'
  }

  #writeWord({ kind, start, end }: Word): void {
    const text = this.#characters.slice(start, end).join('')
    if (kind !== 'upper' && kind !== 'connector') this.#out += text
    else for (const rune of runesOf(text)) this.#out += this.#lowered(rune)
  }

  #lowered(rune: string): string {
    if (isConnector(rune)) return this.#connector
    return isUpper(rune) ? lowerOf(rune) : rune
  }
}
