import { YamlSyntaxError } from './syntax-error.ts'

/** A place in a text; all of it counted from zero, in characters. */
export interface Mark {
  readonly index: number
  readonly line: number
  readonly column: number
}

/** Goes through a text, character by character, and knows the line and column. */
export class Reader {
  readonly #text: string
  #at = 0
  #index = 0
  line = 0
  column = 0

  /** Throws `YamlSyntaxError` for characters that YAML does not have. */
  constructor(text: string) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text
    checkCharacters(this.#text)
  }

  mark(): Mark {
    return { index: this.#index, line: this.line, column: this.column }
  }

  /** The UTF-16 unit at a distance; 0 at the end of the text. */
  unit(distance = 0): number {
    const unit = this.#text.charCodeAt(this.#at + distance)
    return Number.isNaN(unit) ? 0 : unit
  }

  /** Goes one character on and gives it. */
  take(): string {
    const start = this.#at
    const unit = this.unit()
    this.#at += unit >= 0xd800 && unit <= 0xdbff ? 2 : 1
    this.#index++
    this.column++
    return this.#text.slice(start, this.#at)
  }

  /** Goes on by characters of one unit. */
  skip(count = 1): void {
    this.#at += count
    this.#index += count
    this.column += count
  }

  /** Takes all up to where a test of units fails, and gives it. */
  takeWhile(test: (unit: number) => boolean): string {
    let text = ''
    while (test(this.unit())) text += this.take()
    return text
  }

  /** The rest of the line, without its break; nothing but plain characters may be in it. */
  takeLine(): string {
    const start = this.#at
    let pairs = 0
    while (!isBreakOrEnd(this.unit())) {
      if ((this.unit() & 0xfc00) === 0xd800) pairs++
      this.#at++
    }
    const taken = this.#at - start - pairs
    this.#index += taken
    this.column += taken
    return this.#text.slice(start, this.#at)
  }

  /** Takes a line break and gives what it stands for. */
  takeBreak(): string {
    const unit = this.unit()
    const isPair = unit === 0x0d && this.unit(1) === 0x0a
    this.#at += isPair ? 2 : 1
    this.#index += isPair ? 2 : 1
    this.column = 0
    this.line++
    return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : '\n'
  }

  /** `---` or `...` with nothing behind it, at the begin of a line. */
  isAtDocumentMark(): boolean {
    if (this.column !== 0) return false
    const unit = this.unit()
    if ((unit !== 0x2d && unit !== 0x2e) || this.unit(1) !== unit || this.unit(2) !== unit) return false
    return isBlankOrEnd(this.unit(3))
  }
}

export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09
}

export function isBreak(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x85 || unit === 0x2028 || unit === 0x2029
}

export function isBreakOrEnd(unit: number): boolean {
  return unit === 0 || isBreak(unit)
}

export function isBlankOrEnd(unit: number): boolean {
  return isBlank(unit) || isBreakOrEnd(unit)
}

export function isWord(unit: number): boolean {
  return /^[0-9A-Za-z_-]$/.test(String.fromCharCode(unit))
}

function checkCharacters(text: string): void {
  const found = unreadable.exec(text)?.[0]
  if (found === undefined) return
  const unit = found.charCodeAt(0)
  if (unit < 0xdc80 || unit > 0xdcff) throw new YamlSyntaxError('control characters are not allowed')
  const isLeading = unit >= 0xdcc0 && unit < 0xdcf8
  throw new YamlSyntaxError(`invalid ${isLeading ? 'trailing' : 'leading'} UTF-8 octet`)
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unreadable =
  /[^\t\n\r\x20-\x7e\x85\xa0-\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
