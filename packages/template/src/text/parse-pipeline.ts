import { quote, unquote } from '@chartroom/go'
import { limits } from './limits.ts'
import { kind, Node } from './node.ts'
import { nodeText } from './node-text.ts'
import { constantOf } from './constant.ts'
import type { TreeParser } from './tree-parser.ts'
import type { Token } from './token.ts'
import { token } from './token.ts'

/** `$x := command | command`, up to its closing delimiter or parenthesis. */
export function parsePipeline(parser: TreeParser, context: string, end: number): Node {
  const first = parser.peek()
  const pipe = new Node(kind.pipe, first.start)
  if (first.kind === token.variable) parseVariables(parser, pipe, context)
  const commands: Node[] = []
  for (let next = parser.next(); next.kind !== end; next = parser.next()) {
    if (!startsOperand.has(next.kind)) parser.unexpected(next, context)
    commands.push(parseCommand(parser, next))
  }
  pipe.nodes = commands
  if (commands.length !== 1) checkPipeline(parser, commands, context)
  for (const variable of pipe.variables) {
    variable.slot = pipe.assigns
      ? parser.scope.find(variable.text)
      : parser.scope.declare(variable.text, end === token.rightParen)
  }
  return pipe
}

/** The names on the left of `:=` or `=`, if it is there at all. */
function parseVariables(parser: TreeParser, pipe: Node, context: string): void {
  for (;;) {
    const first = parser.peek()
    if (first.kind !== token.variable) return
    parser.next()
    const next = parser.peek()
    if (next.kind === token.assign || next.kind === token.declare) {
      parser.next()
      pipe.assigns = next.kind === token.assign
      addVariable(parser, pipe, first)
      return
    }
    if (next.kind !== token.character || parser.text(next) !== ',') {
      parser.backup2(first)
      return
    }
    parser.next()
    addVariable(parser, pipe, first)
    if (context !== 'range' || pipe.variables.length > 1) parser.fail(`too many declarations in ${context}`)
    if (!followsComma.has(parser.peek().kind)) parser.fail('range can only initialize variables')
  }
}

function addVariable(parser: TreeParser, pipe: Node, name: Token): void {
  const variable = new Node(kind.variable, name.start)
  variable.text = parser.text(name)
  pipe.variables = [...pipe.variables, variable]
  parser.scope.see(variable.text)
}

function checkPipeline(parser: TreeParser, commands: readonly Node[], context: string): void {
  if (commands.length === 0) parser.fail(`missing value for ${context}`)
  for (let stage = 1; stage < commands.length; stage++) {
    const first = commands[stage]?.nodes[0]
    if (first !== undefined && isConstant(first)) {
      parser.fail(`non executable command in pipeline stage ${stage + 1}`)
    }
  }
}

/** Operands with space between them, up to a pipe, a parenthesis or the end of the action. */
function parseCommand(parser: TreeParser, first: Token): Node {
  const command = new Node(kind.command, first.start)
  const operands: Node[] = []
  command.nodes = operands
  let next = first
  let operand = parseTerm(parser, first)
  while (operand !== undefined) {
    next = parser.next()
    if (next.kind === token.field && !next.spaced) {
      operand = parseFields(parser, operand, next)
      next = parser.next()
    }
    operands.push(operand)
    operand = next.spaced ? parseTerm(parser, next) : undefined
  }
  if (next.kind === token.rightDelimiter || next.kind === token.rightParen) parser.backup()
  else if (next.kind !== token.pipe) parser.unexpected(next, 'operand')
  return command
}

/** The fields behind a term. Go gives a field or variable that goes on the place of its second name. */
function parseFields(parser: TreeParser, term: Node, first: Token): Node {
  const names = [...term.names, parser.text(first).slice(1)]
  let last = first
  let next = parser.next()
  while (next.kind === token.field && !next.spaced) {
    names.push(parser.text(next).slice(1))
    last = next
    next = parser.next()
  }
  parser.backup()
  if (isConstant(term)) {
    parser.failAt(next.spaced ? last.stop : next.start, `unexpected . after term ${quote(nodeText(term))}`)
  }
  const merges = term.kind === kind.field || term.kind === kind.variable
  const operand = new Node(merges ? term.kind : kind.chain, first.start)
  operand.names = names
  operand.text = term.text
  operand.slot = term.slot
  if (!merges) operand.body = term
  return operand
}

function isConstant(node: Node): boolean {
  return constants.has(node.kind)
}

/** The operand that a token begins; undefined for a token that begins none. */
function parseTerm(parser: TreeParser, first: Token): Node | undefined {
  switch (first.kind) {
    case token.identifier:
      return parseIdentifier(parser, first)
    case token.field:
      return parseField(parser, first)
    case token.dot:
      return new Node(kind.dot, first.start)
    case token.nil:
      return new Node(kind.nil, first.start)
    case token.variable:
      return parseVariable(parser, first)
    case token.leftParen:
      return parseParentheses(parser)
    case token.bool:
    case token.characterConstant:
    case token.complex:
    case token.number:
    case token.rawString:
    case token.string:
      return constantOf(parser, first)
    default:
      return undefined
  }
}

function parseIdentifier(parser: TreeParser, name: Token): Node {
  const node = new Node(kind.identifier, name.start)
  node.text = name.text
  const { functions } = parser.session
  if (!functions.has(node.text)) functions.set(node.text, name.start)
  return node
}

function parseVariable(parser: TreeParser, name: Token): Node {
  const node = new Node(kind.variable, name.start)
  node.text = parser.text(name)
  if (!parser.scope.sees(node.text)) parser.fail(`undefined variable "${node.text}"`)
  node.slot = parser.scope.find(node.text)
  return node
}

function parseField(parser: TreeParser, name: Token): Node {
  const node = new Node(kind.field, name.start)
  node.names = [parser.text(name).slice(1)]
  return node
}

function parseParentheses(parser: TreeParser): Node {
  if (parser.parentheses >= limits.parentheses) parser.fail('max expression depth exceeded')
  parser.parentheses++
  const pipe = parsePipeline(parser, 'parenthesized pipeline', token.rightParen)
  parser.parentheses--
  return pipe
}

/** The text between the quotes of a string, which names a template or is a constant. */
export function unquoted(parser: TreeParser, literal: Token): string {
  return unquote(parser.text(literal)) ?? parser.fail('invalid syntax')
}

const startsOperand: ReadonlySet<number> = new Set([
  token.bool,
  token.characterConstant,
  token.complex,
  token.dot,
  token.field,
  token.identifier,
  token.number,
  token.nil,
  token.rawString,
  token.string,
  token.variable,
  token.leftParen,
])

const followsComma: ReadonlySet<number> = new Set([token.variable, token.rightDelimiter, token.rightParen])

/** What cannot be followed by a field, and be no later stage of a pipeline. */
const constants: ReadonlySet<number> = new Set([kind.bool, kind.dot, kind.nil, kind.number, kind.string])
