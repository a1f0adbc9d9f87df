import { quote } from '@chartroom/go'
import { describeCharacter, endOfName, endOfPath, isSpace, starts } from './characters.ts'
import { keywords } from './keywords.ts'
import { scanNumber } from './number-lexer.ts'
import * as start from './token-start.ts'
import * as token from './token.ts'

/**
 * Reads the tokens inside actions, with Go's error texts. It holds one token in fields of its own, because there
 * are very many of them. (Names with `#` would be looked up by key, each time.)
 */
export class ActionLexer {
  readonly source: string
  /** What the token is, where it begins, and where the next one is looked for. */
  kind: number = token.end
  start = 0
  stop = 0
  /** Space stands before it. */
  spaced = false
  /** Of an error what is wrong; of a text, word or quote the token as written. */
  text = ''
  protected parens = 0

  constructor(source: string) {
    this.source = source
  }

  /** Reads a token of an action, and returns its kind. Space is no token, but a mark of the next. */
  next(): number {
    const { source } = this
    const from = this.stop
    let at = from
    let unit = source.charCodeAt(at)
    while (unit === space || (unit < space && isSpace(unit))) unit = source.charCodeAt(++at)
    this.start = at
    this.spaced = at > from
    const what = starts[unit]
    switch (what) {
      case start.name:
        return this.word(at)
      case start.dot:
        return this.dot(at)
      case start.variable:
        return this.name(token.variable, at)
      case start.string:
        return this.string(at)
      case start.leftParen:
        this.parens++
        return this.take(token.leftParen, at + 1)
      case start.rightParen:
        if (--this.parens < 0) return this.fail(at, 'unexpected right paren')
        return this.take(token.rightParen, at + 1)
      case start.pipe:
        return this.take(token.pipe, at + 1)
      case start.rightBrace:
        if (source.charCodeAt(at + 1) === rightBrace) return this.endAction(at, at + 2)
        return this.take(token.character, at + 1)
      case start.minus:
        return at > from && source.startsWith('}}', at + 1) ? this.endTrimmed(from, at) : this.number(at)
      case start.number:
        return this.number(at)
      default:
        return this.rare(what, at)
    }
  }

  private rare(what: number | undefined, at: number): number {
    const { source } = this
    switch (what) {
      case start.colon:
        if (source.charCodeAt(at + 1) !== equals) return this.fail(at, 'expected :=')
        return this.take(token.declare, at + 2)
      case start.equals:
        return this.take(token.assign, at + 1)
      case start.rawString:
        return this.rawString(at)
      case start.character:
        return this.quoted(at, token.characterConstant, characterPattern)
      case start.other:
        return this.take(token.character, at + 1)
      default:
        // What is no ASCII that Go knows: a name, the end of the source, or an error.
        if (at >= source.length) return this.fail(at, 'unclosed action')
        if (endOfName(source, at) > at) return this.word(at)
        return this.fail(at, `unrecognized character in action: ${describeCharacter(source, at)}`)
    }
  }

  protected take(kind: number, stop: number): number {
    this.kind = kind
    this.stop = stop
    return kind
  }

  protected fail(at: number, text: string): number {
    this.start = at
    this.text = text
    return this.take(token.error, this.source.length)
  }

  private endAction(at: number, stop: number): number {
    return this.parens > 0 ? this.fail(at, 'unclosed left paren') : this.take(token.rightDelimiter, stop)
  }

  /** ` -}}`, to which the last space belongs, and the space behind. */
  private endTrimmed(from: number, at: number): number {
    this.spaced = at - from > 1
    return this.endAction(at - 1, this.skipSpace(at + 3))
  }

  protected skipSpace(from: number): number {
    let at = from
    while (isSpace(this.source.charCodeAt(at))) at++
    return at
  }

  /** Whether a name may end here, which most do before a space or parenthesis. */
  private canEnd(at: number): boolean {
    const unit = this.source.charCodeAt(at)
    return unit === space || unit === rightParen || this.canEndBefore(unit, at)
  }

  private canEndBefore(unit: number, at: number): boolean {
    switch (starts[unit]) {
      case start.space:
      case start.dot:
      case start.pipe:
      case start.colon:
      case start.leftParen:
        return true
      case start.rightBrace:
        return this.source.charCodeAt(at + 1) === rightBrace
      default:
        return unit === comma || at >= this.source.length
    }
  }

  private word(at: number): number {
    const stop = endOfName(this.source, at)
    if (!this.canEnd(stop)) return this.failName(at, stop)
    const word = this.source.slice(at, stop)
    this.text = word
    return this.take(keywords.get(word) ?? token.identifier, stop)
  }

  private dot(at: number): number {
    const stop = endOfPath(this.source, at)
    if (stop > at && this.canEnd(stop)) return this.take(token.field, stop)
    const behind = at + 1
    if (isDigit(this.source.charCodeAt(behind)) || behind >= this.source.length) return this.number(at)
    return this.canEnd(behind) ? this.take(token.dot, behind) : this.name(token.field, at)
  }

  /** A `.` or `$` and the name behind it. */
  private name(kind: number, at: number): number {
    const isBare = this.source.charCodeAt(at + 1) === dot
    const stop = isBare ? at + 1 : endOfName(this.source, at + 1)
    return this.canEnd(stop) ? this.take(kind, stop) : this.failName(at, stop)
  }

  private failName(from: number, at: number): number {
    return this.fail(from, `bad character ${describeCharacter(this.source, at)}`)
  }

  /** Most strings have no backslash: they end at the next quote. */
  private string(from: number): number {
    const stop = this.source.indexOf('"', from + 1) + 1
    const text = this.source.slice(from, stop)
    if (stop === 0 || text.includes('\\') || text.includes('\n')) {
      return this.quoted(from, token.string, stringPattern)
    }
    this.text = text
    return this.take(token.string, stop)
  }

  private quoted(from: number, kind: number, pattern: RegExp): number {
    pattern.lastIndex = from
    if (!pattern.test(this.source)) {
      const what = kind === token.string ? 'quoted string' : 'character constant'
      return this.fail(from, `unterminated ${what}`)
    }
    const stop = pattern.lastIndex
    this.text = this.source.slice(from, stop)
    return this.take(kind, stop)
  }

  private rawString(from: number): number {
    const stop = this.source.indexOf('`', from + 1) + 1
    if (stop === 0) return this.fail(from, 'unterminated raw quoted string')
    this.text = this.source.slice(from, stop)
    return this.take(token.rawString, stop)
  }

  /** Most numbers are digits alone. */
  private number(from: number): number {
    let stop = from
    while (isDigit(this.source.charCodeAt(stop))) stop++
    const unit = this.source.charCodeAt(stop)
    if (stop > from && (unit === space || unit === rightParen)) return this.take(token.number, stop)
    const { kind, end } = scanNumber(this.source, from)
    if (kind !== undefined) return this.take(kind, end)
    return this.fail(from, `bad number syntax: ${quote(this.source.slice(from, end))}`)
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

const space = 0x20
const rightParen = 0x29
const comma = 0x2c
const dot = 0x2e
const equals = 0x3d
const rightBrace = 0x7d

// A backslash takes the next character along, whatever it is but a newline.
const stringPattern = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y
const characterPattern = /'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*'/y
