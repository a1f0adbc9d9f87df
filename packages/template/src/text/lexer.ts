import { ActionLexer } from './action-lexer.ts'
import { isSpace } from './characters.ts'
import * as token from './token.ts'

/** Reads a template token by token: texts, and the tokens of the actions between them. */
export class Lexer extends ActionLexer {
  /** Where the action begins that is being parsed, -1 between actions. */
  action = -1

  /** Reads a text or the first token of an action, and returns its kind. */
  nextItem(): number {
    const { source } = this
    for (;;) {
      const from = this.stop
      const open = source.indexOf('{{', from)
      if (open < 0) return this.takeText(from, source.length, source.length)
      const trims = source.charCodeAt(open + 2) === minus && isSpace(source.charCodeAt(open + 3))
      const to = trims ? this.trimEnd(from, open) : open
      if (to > from) return this.takeText(from, to, open)
      const inside = open + (trims ? 4 : 2)
      if (source.charCodeAt(inside) !== slash || source.charCodeAt(inside + 1) !== star) {
        this.action = open
        this.parens = 0
        this.stop = inside
        return this.next()
      }
      if (!this.skipsComment(inside)) return token.error
    }
  }

  /** The text up to an offset, or the end where there is none. */
  private takeText(from: number, to: number, stop: number): number {
    this.start = from
    this.text = this.source.slice(from, to)
    return this.take(to > from ? token.text : token.end, stop)
  }

  private trimEnd(from: number, end: number): number {
    let to = end
    while (to > from && isSpace(this.source.charCodeAt(to - 1))) to--
    return to
  }

  /** False where the comment is an error, which then is the token. */
  private skipsComment(from: number): boolean {
    const { source } = this
    const close = source.indexOf('*/', from + 2)
    const end = close + 2
    const trims = source.startsWith('-}}', end + 1) && isSpace(source.charCodeAt(end))
    if (close >= 0 && (trims || source.startsWith('}}', end))) {
      this.stop = trims ? this.skipSpace(end + 4) : end + 2
      return true
    }
    this.fail(from, close < 0 ? 'unclosed comment' : 'comment ends before closing delimiter')
    return false
  }
}

const minus = 0x2d
const slash = 0x2f
const star = 0x2a
