import { Lexer } from './lexer.ts'
import type { Statement } from './node.ts'
import { closingText, parseDefinition, parseStatement } from './parse-action.ts'
import { ParseFailure } from './parse-failure.ts'
import type { ParsedText, ParsedTree } from './parsed-text.ts'
import { treeOf } from './parsed-tree.ts'
import * as token from './token.ts'
import type { ParseSession } from './tree-parser.ts'
import { TreeParser } from './tree-parser.ts'

/** Parses a text whole. What is wrong with it is in the result, because its file has no name here. */
export function parseText(source: string): ParsedText {
  const session: ParseSession = {
    lexer: new Lexer(source),
    trees: new Map(),
    functions: new Map(),
    blocks: 0,
  }
  const parser = new TreeParser(session)
  let main: ParsedTree | undefined
  let failure: ParseFailure | undefined
  try {
    main = treeOf(parser, parseFile(parser))
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error
    failure = error
  }
  return { source, definitions: session.trees, main, functions: session.functions, failure }
}

/** The first of the statements to the end of the file; definitions are none. */
function parseFile(parser: TreeParser): Statement | undefined {
  const { lexer } = parser
  let first: Statement | undefined
  let last: Statement | undefined
  for (let item = lexer.nextItem(); item !== token.end; item = lexer.nextItem()) {
    if (item === token.define) {
      parseDefinition(new TreeParser(parser.session))
      continue
    }
    const statement = parseStatement(parser)
    if (statement === undefined) return parser.fail(`unexpected ${closingText(parser)}`)
    if (last === undefined) first = statement
    else last.next = statement
    last = statement
  }
  return first
}
