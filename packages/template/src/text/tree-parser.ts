import { byteLength, quote, sprintf } from '@chartroom/go'
import type { Lexer } from './lexer.ts'
import { ParseFailure } from './parse-failure.ts'
import type { ParsedTree } from './parsed-text.ts'
import { Scope } from './scope.ts'
import * as token from './token.ts'

/** What the parsers of one text share: the file and the definitions in it. */
export interface ParseSession {
  readonly lexer: Lexer
  readonly trees: Map<string, ParsedTree>
  /** Functions that are called, in the order of their first call, and its offset. */
  readonly functions: Map<string, number>
  /** Blocks that are open. */
  blocks: number
}

/** The state of the parser of one tree: a file, or a `define` or `block` in it. */
export class TreeParser {
  readonly session: ParseSession
  readonly lexer: Lexer
  readonly source: string
  readonly scope: Scope = new Scope()
  ranges = 0
  parentheses = 0

  constructor(session: ParseSession) {
    this.session = session
    this.lexer = session.lexer
    this.source = session.lexer.source
  }

  /** Reads a token of an action, which must be of a kind. */
  expect(kind: number, context: string): void {
    if (this.lexer.next() !== kind) this.unexpected(context)
  }

  /** The failure at the token. */
  fail(text: string, started?: readonly [string, number]): never {
    throw new ParseFailure(lineOf(this.source, this.lexer.start), text, started)
  }

  failAt(offset: number, text: string): never {
    throw new ParseFailure(lineOf(this.source, offset), text)
  }

  /** The failure of a token that is itself an error, or has no place here. */
  unexpected(context: string): never {
    const { kind, start, text, action } = this.lexer
    if (kind !== token.error) this.fail(`unexpected ${describeToken(this.lexer)} in ${context}`)
    const line = action < 0 ? 0 : lineOf(this.source, action)
    if (line === 0 || line === lineOf(this.source, start)) this.fail(text)
    this.fail(text, [text.endsWith(' action') ? '' : ' in action', line])
  }
}

/** A token as Go names it in `unexpected ... in operand`. */
function describeToken({ source, kind, start, stop }: Lexer): string {
  // The space behind a trim marker has been read with it.
  if (kind === token.rightDelimiter) return '"}}"'
  const written = source.slice(start, stop)
  // To Go each name of several is a token of its own.
  const text = kind === token.field ? (/^\.[^.]*/.exec(written)?.[0] ?? '') : written
  if (kind >= token.dot) return `<${text}>`
  return byteLength(text) > 10 ? sprintf('%.10q...', [text]) : quote(text)
}

export function lineOf(source: string, offset: number): number {
  let line = 1
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) line++
  return line
}
