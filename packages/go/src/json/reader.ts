import { stringBytes } from '../value/byte-string.ts'
import { FunctionError } from '../value/function.ts'
import type { Value, ValueMap } from '../value/value.ts'
import { limits } from './limits.ts'

/** A character that JSON does not have there; `offset` counts the bytes up to it and itself, as Go does. */
export class JsonSyntaxError extends FunctionError {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** A number that float64 does not hold; Go says so only after it has read the rest. */
export class JsonRangeError extends FunctionError {
  /** All of it, nil in place of such numbers. */
  readonly value: Value

  constructor(message: string, value: Value) {
    super(message)
    this.value = value
  }
}

/** Reads JSON character by character; slower than `JSON.parse`, but with Go's errors and half pairs. */
export class JsonReader {
  readonly #text: string
  #at = 0
  #depth = 0
  #isWhole = false
  #tooLarge: string | undefined

  constructor(text: string) {
    this.#text = text
  }

  whole(): Value {
    this.#isWhole = true
    const value = this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#fail('after top-level value')
    return this.#ranged(value)
  }

  first(): { value: Value; end: number } {
    const value = this.#ranged(this.#value())
    return { value, end: this.#at }
  }

  #ranged(value: Value): Value {
    if (this.#tooLarge === undefined) return value
    const message = `json: cannot unmarshal number ${this.#tooLarge} into Go value of type float64`
    throw new JsonRangeError(message, value)
  }

  #value(): Value {
    this.#space()
    const first = this.#text[this.#at]
    switch (first) {
      case '{':
        return this.#nested(() => this.#object())
      case '[':
        return this.#nested(() => this.#array())
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#isDigit() || first === '-'
          ? this.#number()
          : this.#fail('looking for beginning of value')
    }
  }

  #nested(read: () => Value): Value {
    if (++this.#depth > limits.depth) throw new FunctionError('exceeded max depth')
    this.#at++
    const value = read()
    this.#depth--
    return value
  }

  #object(): ValueMap {
    const map: ValueMap = new Map()
    this.#space()
    if (this.#take('}')) return map
    for (;;) {
      this.#space()
      if (this.#text[this.#at] !== '"') this.#fail('looking for beginning of object key string')
      const key = this.#string()
      this.#space()
      if (!this.#take(':')) this.#fail('after object key')
      map.set(key, this.#value())
      this.#space()
      if (this.#take('}')) return map
      if (!this.#take(',')) this.#fail('after object key:value pair')
    }
  }

  #array(): Value[] {
    const list: Value[] = []
    this.#space()
    if (this.#take(']')) return list
    for (;;) {
      list.push(this.#value())
      this.#space()
      if (this.#take(']')) return list
      if (!this.#take(',')) this.#fail('after array element')
    }
  }

  #string(): string {
    const start = ++this.#at
    for (;;) {
      const character = this.#text[this.#at]
      if (character === undefined || character < ' ') this.#fail('in string literal')
      this.#at++
      if (character === '"') break
      if (character === '\\') this.#escape()
    }
    const raw = JSON.parse(`"${this.#text.slice(start, this.#at - 1)}"`) as string
    return raw.replace(halfPair, '\ufffd')
  }

  #escape(): void {
    if (!/[bfnrt\\/"u]/.test(this.#text[this.#at] ?? '')) this.#fail('in string escape code')
    if (this.#text[this.#at++] !== 'u') return
    for (let digits = 0; digits < 4; digits++) {
      if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? '')) this.#fail('in \\u hexadecimal character escape')
      this.#at++
    }
  }

  #number(): number | null {
    const start = this.#at
    this.#take('-')
    if (!this.#take('0')) this.#digits('in numeric literal')
    if (this.#take('.')) this.#digits('after decimal point in numeric literal')
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-')
      this.#digits('in exponent of numeric literal')
    }
    const text = this.#text.slice(start, this.#at)
    const value = Number(text)
    if (Number.isFinite(value)) return value
    this.#tooLarge ??= text
    return null
  }

  #digits(context: string): void {
    if (!this.#isDigit()) this.#fail(context)
    while (this.#isDigit()) this.#at++
  }

  #isDigit(): boolean {
    const character = this.#text[this.#at] ?? ''
    return character >= '0' && character <= '9' && character !== ''
  }

  #word<T>(word: string, value: T): T {
    for (const letter of word) {
      if (!this.#take(letter)) this.#fail(`in literal ${word} (expecting '${letter}')`)
    }
    return value
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #endText(context: string): string {
    const isWrong = this.#isWhole && blankIsWrong.test(context)
    return isWrong ? `invalid character ' ' ${context}` : 'unexpected end of JSON input'
  }

  #fail(context: string): never {
    if (this.#at >= this.#text.length) throw new FunctionError(this.#endText(context))
    const offset = stringBytes(this.#text.slice(0, this.#at)).length + 1
    const message = `invalid character ${quoteByte(this.#text.codePointAt(this.#at) ?? 0)} ${context}`
    throw new JsonSyntaxError(message, offset)
  }
}

/** Where a blank, which is how Go's scanner sees the end of a whole text, is wrong and not merely too early. */
const blankIsWrong = /^in (?!string literal)|^after decimal point/

/** Go names the first byte of a character that takes several. */
function quoteByte(code: number): string {
  const byte = stringBytes(String.fromCodePoint(code))[0] ?? 0
  if (byte === 0x27) return "'\\''"
  if (byte === 0x22) return `'"'`
  const known = named.get(byte)
  if (known !== undefined) return `'${known}'`
  const printable = (byte >= 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad)
  return printable ? `'${String.fromCharCode(byte)}'` : `'\\${byte < 0x80 ? 'x' : 'u00'}${hex(byte)}'`
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

const named = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
])

const halfPair = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
