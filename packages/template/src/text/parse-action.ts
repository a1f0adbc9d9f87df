import { limits } from './limits.ts'
import { kind, Node } from './node.ts'
import { nodeText } from './node-text.ts'
import { parsePipeline, unquoted } from './parse-pipeline.ts'
import { multipleDefinition, treeOf } from './parsed-tree.ts'
import type { Token } from './token.ts'
import { token } from './token.ts'
import { TreeParser } from './tree-parser.ts'

/** One text or action. */
export function parseItem(parser: TreeParser): Node {
  const next = parser.next()
  if (next.kind === token.text) return textNode(parser, next)
  if (next.kind !== token.leftDelimiter) parser.unexpected(next, 'input')
  parser.action = next.start
  const action = parseAction(parser)
  parser.action = -1
  return action
}

function textNode(parser: TreeParser, text: Token): Node {
  const node = new Node(kind.text, text.start)
  node.text = parser.text(text)
  return node
}

/** Items up to an `end` or `else`, which is given back too. */
function parseList(parser: TreeParser): [list: Node, closing: Node] {
  const list = new Node(kind.list, parser.peek().start)
  const nodes: Node[] = []
  list.nodes = nodes
  while (parser.peek().kind !== token.end) {
    const item = parseItem(parser)
    if (item.kind === kind.end || item.kind === kind.else) return [list, item]
    nodes.push(item)
  }
  return parser.fail('unexpected EOF')
}

function parseAction(parser: TreeParser): Node {
  const first = parser.next()
  switch (first.kind) {
    case token.block:
      return parseBlock(parser)
    case token.break:
      return parseJump(parser, first, kind.break)
    case token.continue:
      return parseJump(parser, first, kind.continue)
    case token.else:
      return parseElse(parser)
    case token.endKeyword:
      return new Node(kind.end, parser.expect(token.rightDelimiter, 'end').start)
    case token.if:
      return parseControl(parser, kind.if)
    case token.range:
      return parseControl(parser, kind.range)
    case token.template:
      return parseTemplate(parser)
    case token.with:
      return parseControl(parser, kind.with)
    default: {
      parser.backup()
      const action = new Node(kind.action, parser.peek().start)
      action.pipe = parsePipeline(parser, 'command', token.rightDelimiter)
      return action
    }
  }
}

function parseJump(parser: TreeParser, word: Token, kindOfNode: number): Node {
  const text = kindOfNode === kind.break ? '{{break}}' : '{{continue}}'
  const next = parser.next()
  if (next.kind !== token.rightDelimiter) parser.unexpected(next, text)
  if (parser.ranges === 0) parser.fail(`${text} outside {{range}}`)
  return new Node(kindOfNode, word.start)
}

function parseElse(parser: TreeParser): Node {
  const next = parser.peek()
  if (next.kind === token.if || next.kind === token.with) return new Node(kind.else, next.start)
  return new Node(kind.else, parser.expect(token.rightDelimiter, 'else').start)
}

const contexts: ReadonlyMap<number, string> = new Map([
  [kind.if, 'if'],
  [kind.range, 'range'],
  [kind.with, 'with'],
])

/** `if`, `range` or `with`, whose word has been read, to its `end`. */
function parseControl(parser: TreeParser, kindOfNode: number): Node {
  const { scope, session } = parser
  if (++session.blocks > limits.blocks) parser.fail('max block depth exceeded')
  const mark = scope.mark()
  const pipe = parsePipeline(parser, contexts.get(kindOfNode) ?? '', token.rightDelimiter)
  const node = new Node(kindOfNode, pipe.at)
  node.pipe = pipe
  const bodyMark = scope.mark()
  if (kindOfNode === kind.range) parser.ranges++
  const [list, closing] = parseList(parser)
  if (kindOfNode === kind.range) parser.ranges--
  node.body = list
  if (closing.kind === kind.else) {
    scope.releaseBody(bodyMark)
    node.otherwise = parseOtherwise(parser, kindOfNode, closing)
  }
  scope.release(mark)
  session.blocks--
  return node
}

/** What stands behind an `else`. `else if` has no `end` of its own. */
function parseOtherwise(parser: TreeParser, kindOfNode: number, closing: Node): Node {
  const again = kindOfNode === kind.if ? token.if : kindOfNode === kind.with ? token.with : -1
  if (parser.peek().kind === again) {
    parser.next()
    const list = new Node(kind.list, closing.at)
    list.nodes = [parseControl(parser, kindOfNode)]
    return list
  }
  const [list, end] = parseList(parser)
  if (end.kind !== kind.end) parser.fail(`expected end; found ${nodeText(end)}`)
  return list
}

function parseTemplateName(parser: TreeParser, name: Token, context: string): string {
  if (name.kind !== token.string && name.kind !== token.rawString) parser.unexpected(name, context)
  return unquoted(parser, name)
}

function parseTemplate(parser: TreeParser): Node {
  const context = 'template clause'
  const name = parser.next()
  const node = new Node(kind.template, name.start)
  node.text = parseTemplateName(parser, name, context)
  if (parser.next().kind !== token.rightDelimiter) {
    parser.backup()
    node.pipe = parsePipeline(parser, context, token.rightDelimiter)
  }
  return node
}

/** A definition that is executed where it stands. */
function parseBlock(parser: TreeParser): Node {
  const context = 'block clause'
  const name = parser.next()
  const node = new Node(kind.template, name.start)
  node.text = parseTemplateName(parser, name, context)
  node.pipe = parsePipeline(parser, context, token.rightDelimiter)
  const { session } = parser
  if (++session.blocks > limits.blocks) parser.fail('max block depth exceeded')
  const block = new TreeParser(session)
  const [root, end] = parseList(block)
  if (end.kind !== kind.end) parser.fail(`unexpected ${nodeText(end)} in ${context}`)
  addTree(block, node.text, root)
  session.blocks--
  return node
}

/** A `define`, whose word has been read. */
export function parseDefinition(parser: TreeParser): void {
  const context = 'define clause'
  const name = parser.next()
  if (name.kind !== token.string && name.kind !== token.rawString) parser.unexpected(name, context)
  const text = unquoted(parser, name)
  parser.expect(token.rightDelimiter, context)
  const [root, end] = parseList(parser)
  if (end.kind !== kind.end) parser.fail(`unexpected ${nodeText(end)} in ${context}`)
  addTree(parser, text, root)
}

/** Of two definitions in one file, one has to be empty. */
function addTree(parser: TreeParser, name: string, root: Node): void {
  const { trees } = parser.session
  const tree = treeOf(parser, root)
  const existing = trees.get(name)
  if (existing === undefined || existing.isEmpty) trees.set(name, tree)
  else if (!tree.isEmpty) parser.fail(multipleDefinition(name))
}
