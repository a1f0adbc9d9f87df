import type { Mark } from './reader.ts'
import { isBlankOrEnd, isBreak, Reader } from './reader.ts'
import { scanBlock } from './scan-block.ts'
import { scanPlain } from './scan-plain.ts'
import { scanQuoted } from './scan-quoted.ts'
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts'
import { scanError } from './syntax-error.ts'
import type { Token, TokenKind } from './token.ts'
import { tokenAt } from './token.ts'

/** What may turn out to be a key, once a colon follows. */
interface SimpleKey {
  possible: boolean
  /** It begins where the entries of the block do, so that it has to be a key. */
  readonly required: boolean
  /** The token that it begins with, counted from the first of all. */
  readonly token: number
  readonly mark: Mark
}

const noKey: SimpleKey = {
  possible: false,
  required: false,
  token: 0,
  mark: { index: 0, line: 0, column: 0 },
}

/** Cuts a text into the tokens of go-yaml's scanner (scannerc.go), with its errors. */
export class Scanner {
  readonly #reader: Reader
  readonly #tokens: Token[] = []
  /** Tokens that were given away. */
  #taken = 0
  #indent = -1
  readonly #indents: number[] = []
  /** One for each level of brackets, and one for the block around them. */
  readonly #keys: SimpleKey[] = [{ ...noKey }]
  /** The levels of possible keys, by the token that they begin with. */
  readonly #levels = new Map<number, number>()
  #keyAllowed = true
  #ended = false

  constructor(text: string) {
    this.#reader = new Reader(text)
  }

  /** The next token, without taking it. */
  peek(): Token {
    while (this.#needsMore()) this.#fetch()
    const [token] = this.#tokens
    if (token === undefined) throw new Error('a stream ends with its last token')
    return token
  }

  take(): Token {
    const token = this.peek()
    this.#tokens.shift()
    this.#taken++
    return token
  }

  /** Whether the first token may yet turn out to be the begin of a key, before which others then stand. */
  #needsMore(): boolean {
    if (this.#tokens.length === 0) return true
    const key = this.#keys[this.#levels.get(this.#taken) ?? this.#keys.length]
    return key !== undefined && this.#isValid(key) && !this.#ended
  }

  get #inFlow(): boolean {
    return this.#keys.length > 1
  }

  #fetch(): void {
    this.#skipToToken()
    this.#unroll(this.#reader.column)
    const unit = this.#reader.unit()
    if (unit === 0) return this.#end()
    if (this.#reader.column === 0 && unit === 0x25) return this.#directive()
    if (this.#reader.isAtDocumentMark()) {
      return this.#documentMark(unit === 0x2d ? 'document start' : 'document end')
    }
    const isFollowed = isBlankOrEnd(this.#reader.unit(1))
    switch (String.fromCharCode(unit)) {
      case '[':
        return this.#openFlow('flow sequence start')
      case '{':
        return this.#openFlow('flow mapping start')
      case ']':
        return this.#closeFlow('flow sequence end')
      case '}':
        return this.#closeFlow('flow mapping end')
      case ',':
        return this.#flowEntry()
      case '-':
        return isFollowed ? this.#blockEntry() : this.#scalar(unit)
      case '?':
        return this.#inFlow || isFollowed ? this.#key() : this.#scalar(unit)
      case ':':
        return this.#inFlow || isFollowed ? this.#value() : this.#scalar(unit)
      case '*':
      case '&':
        return this.#property(scanAnchor)
      case '!':
        return this.#property(scanTag)
      default:
        return this.#scalar(unit)
    }
  }

  #scalar(unit: number): void {
    const reader = this.#reader
    const character = String.fromCharCode(unit)
    if ((character === '|' || character === '>') && !this.#inFlow) {
      this.#removeKey()
      this.#keyAllowed = true
      this.#tokens.push(scanBlock(reader, this.#indent))
    } else if (character === "'" || character === '"') {
      this.#property(scanQuoted)
    } else if (isBlankOrEnd(unit) || '#|>%@`'.includes(character)) {
      throw scanError('found character that cannot start any token', reader.mark(), reader.mark())
    } else {
      this.#saveKey()
      const [token, endsLine] = scanPlain(reader, { indent: this.#indent, inFlow: this.#inFlow })
      this.#keyAllowed = endsLine
      this.#tokens.push(token)
    }
  }

  /** White space and comments up to the next token; in a block a new line may begin a key. */
  #skipToToken(): void {
    const reader = this.#reader
    for (;;) {
      while (reader.unit() === 0x20 || (reader.unit() === 0x09 && (this.#inFlow || !this.#keyAllowed))) {
        reader.skip()
      }
      if (reader.unit() === 0x23) reader.takeLine()
      if (!isBreak(reader.unit())) return
      reader.takeBreak()
      if (!this.#inFlow) this.#keyAllowed = true
    }
  }

  /** A key has to be on one line, and not too long. */
  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false
    const { line, index } = this.#reader.mark()
    if (key.mark.line >= line && key.mark.index + longestKey >= index) return true
    if (key.required) throw this.#noColon(key)
    key.possible = false
    return false
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return
    this.#removeKey()
    const token = this.#taken + this.#tokens.length
    const level = this.#keys.length - 1
    this.#keys[level] = {
      possible: true,
      required: !this.#inFlow && this.#indent === this.#reader.column,
      token,
      mark: this.#reader.mark(),
    }
    this.#levels.set(token, level)
  }

  #removeKey(): void {
    const key = this.#keys.at(-1) ?? noKey
    if (!key.possible) return
    if (key.required) throw this.#noColon(key)
    key.possible = false
    this.#levels.delete(key.token)
  }

  #noColon(key: SimpleKey): Error {
    return scanError("could not find expected ':'", this.#reader.mark(), key.mark)
  }

  /** Begins a block, where the mark is further in than the block around it. */
  #roll(kind: TokenKind, mark: Mark, place = this.#tokens.length): void {
    if (this.#inFlow || this.#indent >= mark.column) return
    this.#indents.push(this.#indent)
    this.#indent = mark.column
    this.#tokens.splice(place, 0, tokenAt(kind, mark))
  }

  #unroll(column: number): void {
    if (this.#inFlow) return
    while (this.#indent > column) {
      this.#tokens.push(tokenAt('block end', this.#reader.mark()))
      this.#indent = this.#indents.pop() ?? -1
    }
  }

  #end(): void {
    const reader = this.#reader
    if (reader.column !== 0) {
      reader.column = 0
      reader.line++
    }
    this.#unroll(-1)
    this.#removeKey()
    this.#keyAllowed = false
    this.#tokens.push(tokenAt('stream end', reader.mark()))
    this.#ended = true
  }

  #directive(): void {
    this.#unroll(-1)
    this.#removeKey()
    this.#keyAllowed = false
    this.#tokens.push(scanDirective(this.#reader))
  }

  #documentMark(kind: TokenKind): void {
    this.#unroll(-1)
    this.#removeKey()
    this.#keyAllowed = false
    this.#indicator(kind, 3)
  }

  #openFlow(kind: TokenKind): void {
    this.#saveKey()
    this.#keys.push({ ...noKey, token: this.#taken + this.#tokens.length, mark: this.#reader.mark() })
    this.#keyAllowed = true
    this.#indicator(kind)
  }

  #closeFlow(kind: TokenKind): void {
    this.#removeKey()
    // The number of the level may be that of the bracket itself, which then is no key: go-yaml forgets it too.
    if (this.#inFlow) this.#levels.delete(this.#keys.pop()?.token ?? 0)
    this.#keyAllowed = false
    this.#indicator(kind)
  }

  #flowEntry(): void {
    this.#removeKey()
    this.#keyAllowed = true
    this.#indicator('flow entry')
  }

  #blockEntry(): void {
    if (!this.#inFlow) {
      this.#requireKeyAllowed('block sequence entries are not allowed in this context')
      this.#roll('block sequence start', this.#reader.mark())
    }
    this.#removeKey()
    this.#keyAllowed = true
    this.#indicator('block entry')
  }

  #key(): void {
    if (!this.#inFlow) {
      this.#requireKeyAllowed('mapping keys are not allowed in this context')
      this.#roll('block mapping start', this.#reader.mark())
    }
    this.#removeKey()
    this.#keyAllowed = !this.#inFlow
    this.#indicator('key')
  }

  #value(): void {
    const key = this.#keys.at(-1) ?? noKey
    if (this.#isValid(key)) {
      const place = key.token - this.#taken
      this.#tokens.splice(place, 0, tokenAt('key', key.mark))
      this.#roll('block mapping start', key.mark, place)
      key.possible = false
      this.#levels.delete(key.token)
      this.#keyAllowed = false
    } else {
      if (!this.#inFlow) {
        this.#requireKeyAllowed('mapping values are not allowed in this context')
        this.#roll('block mapping start', this.#reader.mark())
      }
      this.#keyAllowed = !this.#inFlow
    }
    this.#indicator('value')
  }

  #requireKeyAllowed(problem: string): void {
    if (!this.#keyAllowed) throw scanError(problem, this.#reader.mark(), this.#reader.mark())
  }

  /** An anchor, a tag or a quoted scalar: a key may begin with it, but not behind it. */
  #property(scan: (reader: Reader) => Token): void {
    this.#saveKey()
    this.#keyAllowed = false
    this.#tokens.push(scan(this.#reader))
  }

  #indicator(kind: TokenKind, length = 1): void {
    const start = this.#reader.mark()
    this.#reader.skip(length)
    this.#tokens.push(tokenAt(kind, start, this.#reader.mark()))
  }
}

const longestKey = 1024
