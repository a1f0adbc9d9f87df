import { unquote } from '@chartroom/go'
import * as kind from './kind.ts'
import { limits } from './limits.ts'
import type { BranchKind } from './node.ts'
import { Statement } from './node.ts'
import type { Clause } from './parse-pipeline.ts'
import { parsePipeline } from './parse-pipeline.ts'
import { multipleDefinition, treeOf } from './parsed-tree.ts'
import * as token from './token.ts'
import { TreeParser } from './tree-parser.ts'

const commandClause: Clause = { context: 'command', end: token.rightDelimiter }
const ifClause: Clause = { context: 'if', end: token.rightDelimiter }
const rangeClause: Clause = { context: 'range', end: token.rightDelimiter }
const withClause: Clause = { context: 'with', end: token.rightDelimiter }
const templateClause: Clause = { context: 'template clause', end: token.rightDelimiter }
const blockClause: Clause = { context: 'block clause', end: token.rightDelimiter }

/** The text or action whose first token has been read; undefined for an `end` or `else`. */
export function parseStatement(parser: TreeParser): Statement | undefined {
  const { lexer } = parser
  if (lexer.kind === token.text) return new Statement(kind.text, lexer.start, lexer.text)
  const statement = parseAction(parser)
  if (statement !== undefined) lexer.action = -1
  return statement
}

/** The first of the statements up to an `end` or `else`, which then is the token. */
function parseList(parser: TreeParser): Statement | undefined {
  const { lexer } = parser
  let first: Statement | undefined
  let last: Statement | undefined
  for (;;) {
    if (lexer.nextItem() === token.end) return parser.fail('unexpected EOF')
    const statement = parseStatement(parser)
    if (statement === undefined) return first
    if (last === undefined) first = statement
    else last.next = statement
    last = statement
  }
}

function parseAction(parser: TreeParser): Statement | undefined {
  const { lexer } = parser
  switch (lexer.kind) {
    case token.endWord:
    case token.else:
      return undefined
    case token.if:
      return parseBranch(parser, kind.if, ifClause)
    case token.range:
      return parseBranch(parser, kind.range, rangeClause)
    case token.with:
      return parseBranch(parser, kind.with, withClause)
    case token.block:
      return parseBlock(parser)
    case token.template:
      return parseTemplate(parser)
    case token.break:
      return parseJump(parser, kind.break, '{{break}}')
    case token.continue:
      return parseJump(parser, kind.continue, '{{continue}}')
    default: {
      const action = new Statement(kind.action, lexer.start, '')
      action.pipe = parsePipeline(parser, commandClause)
      return action
    }
  }
}

/** `if`, `range` or `with`, whose word has been read, to its `end`. */
function parseBranch(parser: TreeParser, kindOfNode: BranchKind, clause: Clause): Statement {
  const { lexer, scope, session } = parser
  if (++session.blocks > limits.blocks) parser.fail('max block depth exceeded')
  const { seen, declared } = scope
  lexer.next()
  const branch = new Statement(kindOfNode, lexer.start, '')
  branch.pipe = parsePipeline(parser, clause)
  const declaredInBody = scope.declared
  if (kindOfNode === kind.range) parser.ranges++
  branch.body = parseList(parser)
  if (kindOfNode === kind.range) parser.ranges--
  if (lexer.kind === token.else) {
    scope.undeclare(declaredInBody)
    branch.otherwise = parseOtherwise(parser, kindOfNode, clause)
  } else parseEnd(parser)
  scope.undeclare(declared)
  scope.unsee(seen)
  session.blocks--
  return branch
}

/** An `else`, whose word has been read, and what stands behind it. `else if` has no `end` of its own. */
function parseOtherwise(parser: TreeParser, kindOfNode: BranchKind, clause: Clause): Statement | undefined {
  const { lexer } = parser
  parseElse(parser)
  const again = kindOfNode === kind.if ? token.if : kindOfNode === kind.with ? token.with : -1
  if (lexer.kind === again) return parseBranch(parser, kindOfNode, clause)
  if (lexer.kind !== token.rightDelimiter) parser.unexpected('input')
  return parseToEnd(parser, 'expected end; found {{else}}')
}

/** Statements up to an `end`. An `else` is refused, at an offset or where it stands. */
function parseToEnd(parser: TreeParser, refusal: string, at?: number): Statement | undefined {
  const { lexer } = parser
  const first = parseList(parser)
  if (lexer.kind === token.else) {
    parseElse(parser)
    parser.failAt(at ?? lexer.start, refusal)
  }
  parseEnd(parser)
  return first
}

/** The rest of an `end`. */
function parseEnd(parser: TreeParser): void {
  parser.expect(token.rightDelimiter, 'end')
  parser.lexer.action = -1
}

/** The rest of an `else`, or the word that follows it. */
function parseElse(parser: TreeParser): void {
  const { lexer } = parser
  const next = lexer.next()
  if (next !== token.rightDelimiter && next !== token.if && next !== token.with) parser.unexpected('else')
  lexer.action = -1
}

/** The rest of an `end` or `else` that closes nothing: what Go calls it. */
export function closingText(parser: TreeParser): string {
  if (parser.lexer.kind === token.endWord) {
    parseEnd(parser)
    return '{{end}}'
  }
  parseElse(parser)
  return '{{else}}'
}

function parseJump(
  parser: TreeParser,
  kindOfNode: typeof kind.break | typeof kind.continue,
  text: string,
): Statement {
  const { lexer } = parser
  const jump = new Statement(kindOfNode, lexer.start, text)
  parser.expect(token.rightDelimiter, text)
  if (parser.ranges === 0) parser.fail(`${text} outside {{range}}`)
  return jump
}

/** The name of a template, in quotes. */
function parseName(parser: TreeParser, context: string): string {
  const { lexer } = parser
  const next = lexer.next()
  if (next !== token.string && next !== token.rawString) parser.unexpected(context)
  return unquote(lexer.text) ?? parser.fail('invalid syntax')
}

function parseTemplate(parser: TreeParser): Statement {
  const { lexer } = parser
  const name = parseName(parser, templateClause.context)
  const template = new Statement(kind.template, lexer.start, name)
  if (lexer.next() !== token.rightDelimiter) template.pipe = parsePipeline(parser, templateClause)
  return template
}

/** A definition that is executed where it stands. */
function parseBlock(parser: TreeParser): Statement {
  const { lexer, session } = parser
  const name = parseName(parser, blockClause.context)
  const template = new Statement(kind.template, lexer.start, name)
  lexer.next()
  template.pipe = parsePipeline(parser, blockClause)
  if (++session.blocks > limits.blocks) parser.fail('max block depth exceeded')
  const block = new TreeParser(session)
  const clauseEnd = lexer.start
  lexer.action = -1
  addTree(block, name, parseToEnd(block, 'unexpected {{else}} in block clause', clauseEnd))
  session.blocks--
  return template
}

/** A `define`, whose word has been read. */
export function parseDefinition(parser: TreeParser): void {
  const context = 'define clause'
  // Go does not say of errors in it where it began.
  parser.lexer.action = -1
  const name = parseName(parser, context)
  parser.expect(token.rightDelimiter, context)
  addTree(parser, name, parseToEnd(parser, `unexpected {{else}} in ${context}`))
}

/** Of two definitions of a name in one file, one has to be empty. */
function addTree(parser: TreeParser, name: string, root: Statement | undefined): void {
  const { trees } = parser.session
  const tree = treeOf(parser, root)
  const existing = trees.get(name)
  if (existing === undefined || existing.isEmpty) trees.set(name, tree)
  else if (!tree.isEmpty) parser.fail(multipleDefinition(name))
}
