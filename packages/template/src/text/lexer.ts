import { quote } from '@chartroom/go'
import { describeCharacter, endOfName, isSpace, start, startOf } from './characters.ts'
import { scanNumber } from './number-lexer.ts'
import { keywords, Token, token } from './token.ts'

/** Cuts a template into tokens, with Go's error texts. Space in an action is no token, but a mark of the next. */
export class Lexer {
  readonly source: string
  #at = 0
  #inAction = false
  #parens = 0

  constructor(source: string) {
    this.source = source
  }

  next(): Token {
    return this.#inAction ? this.#action() : this.#text()
  }

  #text(): Token {
    const { source } = this
    for (;;) {
      const from = this.#at
      const open = source.indexOf('{{', from)
      if (open < 0) {
        this.#at = source.length
        return new Token(from < source.length ? token.text : token.end, from, source.length)
      }
      const trims = source.charCodeAt(open + 2) === minus && isSpace(source.charCodeAt(open + 3))
      const stop = trims ? this.#trimEnd(from, open) : open
      this.#at = open
      if (stop > from) return new Token(token.text, from, stop)
      const inside = open + (trims ? 4 : 2)
      if (source.charCodeAt(inside) !== slash || source.charCodeAt(inside + 1) !== star) {
        this.#at = inside
        this.#inAction = true
        this.#parens = 0
        return new Token(token.leftDelimiter, open, open + 2)
      }
      const failure = this.#comment(inside)
      if (failure !== undefined) return failure
    }
  }

  #trimEnd(from: number, end: number): number {
    let stop = end
    while (stop > from && isSpace(this.source.charCodeAt(stop - 1))) stop--
    return stop
  }

  #skipSpace(): void {
    while (isSpace(this.source.charCodeAt(this.#at))) this.#at++
  }

  #comment(from: number): Token | undefined {
    const { source } = this
    const close = source.indexOf('*/', from + 2)
    if (close < 0) return this.#error(from, 'unclosed comment')
    const end = close + 2
    const trims = source.startsWith('-}}', end + 1) && isSpace(source.charCodeAt(end))
    if (!trims && !source.startsWith('}}', end)) {
      return this.#error(from, 'comment ends before closing delimiter')
    }
    this.#at = end + (trims ? 4 : 2)
    if (trims) this.#skipSpace()
    return undefined
  }

  /** The next token of an action, behind space. */
  #action(): Token {
    const { source } = this
    const from = this.#at
    let at = from
    while (isSpace(source.charCodeAt(at))) at++
    const unit = source.charCodeAt(at)
    if (unit === closeBrace && source.charCodeAt(at + 1) === closeBrace) return this.#endAction(at, at > from)
    if (at === from) return this.#token(at, unit)
    if (unit === minus && source.startsWith('}}', at + 1)) {
      // The last space belongs to the trim marker.
      const end = this.#endAction(at + 1, at - from > 1)
      if (end.kind === token.rightDelimiter) this.#skipSpace()
      return end
    }
    this.#at = at
    const next = this.#token(at, unit)
    next.spaced = true
    return next
  }

  #token(at: number, unit: number): Token {
    switch (startOf(unit)) {
      case start.name:
        return this.#identifier(at)
      case start.dot:
        return this.#dot(at)
      case start.variable:
        return this.#name(token.variable, at)
      case start.string:
        return this.#quoted(at, token.string)
      case start.leftParen:
        this.#parens++
        return this.#take(token.leftParen, at + 1)
      case start.rightParen:
        if (--this.#parens < 0) return this.#error(at, 'unexpected right paren')
        return this.#take(token.rightParen, at + 1)
      case start.pipe:
        return this.#take(token.pipe, at + 1)
      case start.number:
        return this.#number(at)
      case start.colon:
        if (this.source.charCodeAt(at + 1) === equals) return this.#take(token.declare, at + 2)
        return this.#error(at, 'expected :=')
      case start.equals:
        return this.#take(token.assign, at + 1)
      case start.rawString:
        return this.#raw(at)
      case start.character:
        return this.#quoted(at, token.characterConstant)
      case start.other:
        return this.#take(token.character, at + 1)
      default:
        return this.#beyond(at)
    }
  }

  /** What is no ASCII that Go knows: a name, the end of the source, or an error. */
  #beyond(at: number): Token {
    if (at >= this.source.length) return this.#error(at, 'unclosed action')
    if (endOfName(this.source, at) > at) return this.#identifier(at)
    return this.#error(at, `unrecognized character in action: ${describeCharacter(this.source, at)}`)
  }

  #take(kind: number, end: number): Token {
    const taken = new Token(kind, this.#at, end)
    this.#at = end
    return taken
  }

  #error(at: number, text: string): Token {
    this.#at = this.source.length
    const error = new Token(token.error, at, at)
    error.text = text
    return error
  }

  /** `}}` at an offset. */
  #endAction(at: number, spaced: boolean): Token {
    if (this.#parens > 0) return this.#error(this.source[at - 1] === '-' ? at - 2 : at, 'unclosed left paren')
    this.#inAction = false
    this.#at = at + 2
    const end = new Token(token.rightDelimiter, at, at + 2)
    end.spaced = spaced
    return end
  }

  #isTerminator(at: number): boolean {
    switch (this.source.charCodeAt(at)) {
      case 0x20:
      case 0x09:
      case 0x0d:
      case 0x0a:
      case 0x2e: // .
      case 0x2c: // ,
      case 0x7c: // |
      case 0x3a: // :
      case 0x29: // )
      case 0x28: // (
        return true
      case closeBrace:
        return this.source.charCodeAt(at + 1) === closeBrace
      default:
        return at >= this.source.length
    }
  }

  #identifier(at: number): Token {
    const end = endOfName(this.source, at)
    if (!this.#isTerminator(end)) return this.#badCharacter(at, end)
    const word = this.source.slice(at, end)
    const taken = this.#take(keywords.get(word) ?? token.identifier, end)
    taken.text = word
    return taken
  }

  #dot(at: number): Token {
    const unit = this.source.charCodeAt(at + 1)
    if (at + 1 >= this.source.length || (unit >= 0x30 && unit <= 0x39)) return this.#number(at)
    if (this.#isTerminator(at + 1)) return this.#take(token.dot, at + 1)
    return this.#name(token.field, at)
  }

  /** A `.` or `$` and the name behind it. */
  #name(kind: number, at: number): Token {
    const end = endOfName(this.source, at + 1)
    return this.#isTerminator(end) ? this.#take(kind, end) : this.#badCharacter(at, end)
  }

  #badCharacter(from: number, at: number): Token {
    return this.#error(from, `bad character ${describeCharacter(this.source, at)}`)
  }

  #quoted(from: number, kind: number): Token {
    const pattern = kind === token.string ? stringPattern : characterPattern
    pattern.lastIndex = from
    if (pattern.test(this.source)) return this.#take(kind, pattern.lastIndex)
    const what = kind === token.string ? 'quoted string' : 'character constant'
    return this.#error(from, `unterminated ${what}`)
  }

  #raw(from: number): Token {
    const close = this.source.indexOf('`', from + 1)
    if (close < 0) return this.#error(from, 'unterminated raw quoted string')
    return this.#take(token.rawString, close + 1)
  }

  #number(from: number): Token {
    const { kind, end } = scanNumber(this.source, from)
    if (kind !== undefined) return this.#take(kind, end)
    return this.#error(from, `bad number syntax: ${quote(this.source.slice(from, end))}`)
  }
}

const minus = 0x2d
const slash = 0x2f
const star = 0x2a
const equals = 0x3d
const closeBrace = 0x7d

// A backslash takes the next character along, whatever it is but a newline.
const stringPattern = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y
const characterPattern = /'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*'/y
