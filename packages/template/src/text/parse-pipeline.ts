import { quote } from '@chartroom/go'
import { parseConstant } from './constant.ts'
import * as kind from './kind.ts'
import { limits } from './limits.ts'
import type { Pipeline, Stage, Term } from './node.ts'
import { Command, Declaration, Operand, Pipe } from './node.ts'
import { nodeText } from './node-text.ts'
import * as token from './token.ts'
import type { TreeParser } from './tree-parser.ts'

/** Where a pipeline stands: what Go calls the place, and the kind of the token that ends it. */
export interface Clause {
  readonly context: string
  readonly end: number
}

/** `$x := command | command`, whose first token has been read, to the end of the action. */
export function parsePipeline(parser: TreeParser, clause: Clause): Pipeline {
  const { lexer } = parser
  const at = lexer.start
  if (lexer.kind === token.variable) {
    const pipe = parseDeclaring(parser, clause)
    return pipe.declaration === undefined && isCommand(pipe.first) ? pipe.first : pipe
  }
  const first = parseStages(parser, clause)
  return isCommand(first) ? first : new Pipe(at, first, undefined)
}

/** A single command, which is no pipeline in parentheses. */
function isCommand(first: Stage): boolean {
  return first.next === undefined && first.kind !== kind.pipe
}

function parseParentheses(parser: TreeParser): Pipe {
  const { lexer } = parser
  if (parser.parentheses >= limits.parentheses) parser.fail('max expression depth exceeded')
  parser.parentheses++
  const isVariable = lexer.next() === token.variable
  const at = lexer.start
  const pipe = isVariable
    ? parseDeclaring(parser, parentheses)
    : new Pipe(at, parseStages(parser, parentheses), undefined)
  parser.parentheses--
  return pipe
}

const parentheses: Clause = { context: 'parenthesized pipeline', end: token.rightParen }

/** A pipeline that begins with a variable: a declaration, or with it as the first operand. */
function parseDeclaring(parser: TreeParser, clause: Clause): Pipe {
  const { lexer, scope } = parser
  const at = lexer.start
  const declaration = new Declaration()
  const operand = parseVariables(parser, declaration, clause.context)
  const first = parseStages(parser, clause, operand)
  if (declaration.variables.length === 0) return new Pipe(at, first, undefined)
  for (const variable of declaration.variables) {
    variable.slot = declaration.assigns
      ? scope.find(variable.text)
      : scope.declare(variable.text, clause.end === token.rightParen)
  }
  return new Pipe(at, first, declaration)
}

/** The names on the left of `:=` or `=`. A variable without these behind it is the first operand: it is returned. */
function parseVariables(parser: TreeParser, declaration: Declaration, context: string): Term | undefined {
  const { lexer, source, scope } = parser
  const { variables } = declaration
  while (lexer.kind === token.variable) {
    const variable = new Operand(kind.variable, lexer.start, source.slice(lexer.start, lexer.stop))
    const next = lexer.next()
    const isComma = next === token.character && source.charCodeAt(lexer.start) === comma
    const isLast = next === token.assign || next === token.declare
    if (!isComma && !isLast) return withFields(parser, resolved(parser, variable))
    variables.push(variable)
    declaration.assigns = next === token.assign
    scope.see(variable.text)
    if (isComma && (context !== 'range' || variables.length > 1)) {
      parser.fail(`too many declarations in ${context}`)
    }
    const behind = lexer.next()
    if (isLast) return undefined
    if (behind !== token.variable && behind !== token.rightDelimiter && behind !== token.rightParen) {
      parser.fail('range can only initialize variables')
    }
  }
  return undefined
}

/** The commands, with pipes between them; the first operand may have been read. Gives the first. */
function parseStages(parser: TreeParser, { context, end }: Clause, operand?: Term): Stage {
  const { lexer } = parser
  if (operand === undefined && lexer.kind === end) parser.fail(`missing value for ${context}`)
  const first = parseCommand(parser, context, operand)
  if (lexer.kind !== token.pipe) return first
  let last = first
  // Go takes a pipe with nothing behind it.
  while (lexer.kind === token.pipe && lexer.next() !== end) {
    const stage = parseCommand(parser, context)
    last.next = stage
    last = stage
  }
  checkStages(parser, first)
  return first
}

function checkStages(parser: TreeParser, first: Stage): void {
  let number = 2
  for (let stage = first.next; stage !== undefined; stage = stage.next) {
    if (isConstant(stage.kind === kind.command ? stage.first : stage)) {
      parser.fail(`non executable command in pipeline stage ${number}`)
    }
    number++
  }
}

/** Operands with space between them, up to a pipe, a parenthesis or the end of the action. */
function parseCommand(parser: TreeParser, context: string, operand?: Term): Stage {
  const { lexer } = parser
  const at = operand === undefined ? lexer.start : operand.at
  const first = operand ?? parseOperand(parser) ?? parser.unexpected(context)
  let last = first
  let count = 0
  for (;;) {
    const { kind: next } = lexer
    if (next === token.pipe || next === token.rightDelimiter || next === token.rightParen) break
    const argument = lexer.spaced ? parseOperand(parser) : undefined
    if (argument === undefined) return parser.unexpected('operand')
    last.next = argument
    last = argument
    count++
  }
  return count === 0 ? first : new Command(at, first, count)
}

/** The operand that begins at the token; undefined for a token that begins none. The token behind it is read. */
function parseOperand(parser: TreeParser): Term | undefined {
  const term = parseTerm(parser)
  if (term === undefined) return undefined
  parser.lexer.next()
  return withFields(parser, term)
}

/** An operand with the fields that follow it at once. */
function withFields(parser: TreeParser, term: Term): Term {
  const { lexer, source } = parser
  if (lexer.kind !== token.field || lexer.spaced) return term
  const from = lexer.start
  let stop = from
  while (lexer.kind === token.field && !lexer.spaced) {
    stop = lexer.stop
    lexer.next()
  }
  if (isConstant(term)) {
    parser.failAt(lexer.spaced ? stop : lexer.start, `unexpected . after term ${quote(nodeText(term))}`)
  }
  if (term.kind === kind.field || term.kind === kind.variable) {
    term.text = source.slice(term.at, stop)
    return term
  }
  const chain = new Operand(kind.chain, from, source.slice(from, stop))
  chain.base = term
  return chain
}

/** What cannot be followed by a field, and be no later stage of a pipeline. */
function isConstant(term: Term): boolean {
  switch (term.kind) {
    case kind.bool:
    case kind.dot:
    case kind.nil:
    case kind.number:
    case kind.string:
      return true
    default:
      return false
  }
}

function parseTerm(parser: TreeParser): Term | undefined {
  const { lexer, source } = parser
  switch (lexer.kind) {
    case token.identifier:
      return parseIdentifier(parser)
    case token.field:
      return new Operand(kind.field, lexer.start, source.slice(lexer.start, lexer.stop))
    case token.dot:
      return new Operand(kind.dot, lexer.start, '.')
    case token.nil:
      return new Operand(kind.nil, lexer.start, 'nil')
    case token.variable:
      return resolved(parser, new Operand(kind.variable, lexer.start, source.slice(lexer.start, lexer.stop)))
    case token.leftParen:
      return parseParentheses(parser)
    case token.bool:
    case token.string:
    case token.rawString:
    case token.number:
    case token.characterConstant:
    case token.complex:
      return parseConstant(parser)
    default:
      return undefined
  }
}

function parseIdentifier(parser: TreeParser): Operand {
  const { lexer, session } = parser
  const name = lexer.text
  if (!session.functions.has(name)) session.functions.set(name, lexer.start)
  return new Operand(kind.identifier, lexer.start, name)
}

/** A variable that is read: it has been declared. */
function resolved(parser: TreeParser, variable: Operand): Operand {
  const { text } = variable
  if (!parser.scope.sees(text)) parser.fail(`undefined variable "${text}"`)
  variable.slot = parser.scope.find(text)
  return variable
}

const comma = 0x2c
