import type { Lexer } from './lexer.ts'
import { ParseFailure } from './parse-failure.ts'
import type { ParsedTree } from './parsed-text.ts'
import { Scope } from './scope.ts'
import { Token, token } from './token.ts'

/** What the parsers of one text share: the file and the definitions in it. */
export interface ParseSession {
  readonly lexer: Lexer
  readonly trees: Map<string, ParsedTree>
  /** Functions that are called, in the order of their first call, and its offset. */
  readonly functions: Map<string, number>
  /** Blocks that are open. */
  blocks: number
}

const before = new Token(token.end, -1, -1)

/** The tokens, up to two of them looked at ahead, and the state of the parser of one tree: a file, or a
 * `define` or `block` in it. */
export class TreeParser {
  readonly session: ParseSession
  readonly source: string
  readonly scope: Scope = new Scope()
  /** Offset of the action being parsed, -1 between actions. */
  action = -1
  ranges = 0
  parentheses = 0
  #ahead = 0
  /** The token read last, and the one put back in front of it. */
  #last: Token = before
  #first: Token = before

  constructor(session: ParseSession) {
    this.session = session
    this.source = session.lexer.source
  }

  next(): Token {
    if (this.#ahead === 0) {
      this.#last = this.session.lexer.next()
      return this.#last
    }
    this.#ahead--
    return this.#ahead === 0 ? this.#last : this.#first
  }

  peek(): Token {
    if (this.#ahead === 0) {
      this.#last = this.session.lexer.next()
      this.#ahead = 1
      return this.#last
    }
    return this.#ahead === 1 ? this.#last : this.#first
  }

  backup(): void {
    this.#ahead++
  }

  /** Puts a token back in front of the last one. */
  backup2(first: Token): void {
    this.#first = first
    this.#ahead = 2
  }

  text(of: Token): string {
    return this.source.slice(of.start, of.stop)
  }

  expect(kind: number, context: string): Token {
    const next = this.next()
    if (next.kind !== kind) this.unexpected(next, context)
    return next
  }

  /** The failure at the token read last. */
  fail(text: string, started?: readonly [string, number]): never {
    throw new ParseFailure(this.line(this.#last.start), text, started)
  }

  failAt(offset: number, text: string): never {
    throw new ParseFailure(this.line(offset), text)
  }

  unexpected(found: Token, context: string): never {
    if (found.kind !== token.error) this.fail(`unexpected ${found.describe(this.source)} in ${context}`)
    const line = this.action < 0 ? 0 : this.line(this.action)
    if (line === 0 || line === this.line(found.start)) this.fail(found.text)
    this.fail(found.text, [found.text.endsWith(' action') ? '' : ' in action', line])
  }

  /** The line of an offset, from 1. */
  line(offset: number): number {
    return lineOf(this.source, offset)
  }
}

export function lineOf(source: string, offset: number): number {
  let line = 1
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) line++
  return line
}
