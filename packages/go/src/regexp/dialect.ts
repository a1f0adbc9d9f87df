import { unicodeClassName } from './unicode-class.ts'

/** An expression in re2js' dialect, and what its rewritten parts were, for the texts of errors. */
export interface Dialect {
  readonly expression: string
  readonly originals: ReadonlyMap<string, string>
}

/** Rewrites what Go 1.26 reads otherwise than re2js: names of Unicode classes, and `[[:]`, which names no class. */
export function toDialect(expression: string): Dialect {
  return differing.test(expression) ? new Rewriting(expression).run() : { expression, originals: new Map() }
}

const differing = /\\[pP]|\[:\]/

class Rewriting {
  readonly #text: string
  readonly #originals = new Map<string, string>()
  readonly #lastNameEnd: number
  #at = 0
  #out = ''

  constructor(text: string) {
    this.#text = text
    this.#lastNameEnd = text.lastIndexOf(':]')
  }

  run(): Dialect {
    while (this.#at < this.#text.length) {
      if (this.#text.startsWith('\\Q', this.#at)) this.#literal()
      else if (this.#text[this.#at] === '[') this.#class()
      else this.#character(false)
    }
    return { expression: this.#out, originals: this.#originals }
  }

  #literal(): void {
    const end = this.#text.indexOf('\\E', this.#at)
    this.#copy((end < 0 ? this.#text.length : end + 2) - this.#at)
  }

  #class(): void {
    this.#copy(this.#text.startsWith('[^', this.#at) ? 2 : 1)
    if (this.#text[this.#at] === ']') this.#copy(1)
    while (this.#at < this.#text.length && this.#text[this.#at] !== ']') {
      if (this.#text.startsWith('[:', this.#at)) this.#namedClass()
      else this.#character(true)
    }
    this.#copy(1)
  }

  #namedClass(): void {
    const end = this.#lastNameEnd < this.#at + 2 ? -1 : this.#text.indexOf(':]', this.#at + 2)
    if (end >= 0) this.#copy(end + 2 - this.#at)
    else if (this.#text.startsWith('[:]', this.#at)) this.#replace('[', '\\[')
    else this.#copy(1)
  }

  #character(inClass: boolean): void {
    if (this.#text[this.#at] !== '\\') {
      this.#copy(1)
      return
    }
    const match = unicodeClass.exec(this.#text.slice(this.#at, this.#at + 64))
    if (match === null) {
      this.#copy(2)
      return
    }
    const [sequence, letter = '', negation = '', name = match[4] ?? ''] = match
    this.#replace(
      sequence,
      unicodeClassOf({ isNegated: (letter === 'P') !== (negation === '^'), name, inClass }),
    )
  }

  #copy(length: number): void {
    this.#out += this.#text.slice(this.#at, this.#at + length)
    this.#at += length
  }

  #replace(sequence: string, replacement: string): void {
    if (replacement !== sequence) this.#originals.set(replacement, sequence)
    this.#out += replacement
    this.#at += sequence.length
  }
}

const unicodeClass = /^\\([pP])(?:\{(\^?)([^}]*)\}|([^{}^]))/u

interface NamedClass {
  readonly isNegated: boolean
  readonly name: string
  readonly inClass: boolean
}

function unicodeClassOf({ isNegated, name, inClass }: NamedClass): string {
  const known = unicodeClassName(name)
  if (known === 'Ascii') {
    const range = isNegated ? '\\x{80}-\\x{10FFFF}' : '\\x00-\\x7F'
    return inClass ? range : `[${range}]`
  }
  return `\\${isNegated ? 'P' : 'p'}{${known}}`
}
