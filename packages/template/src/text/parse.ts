import { Lexer } from './lexer.ts'
import { kind, Node } from './node.ts'
import { nodeText } from './node-text.ts'
import { parseDefinition, parseItem } from './parse-action.ts'
import { ParseFailure } from './parse-failure.ts'
import type { ParsedText, ParsedTree } from './parsed-text.ts'
import { treeOf } from './parsed-tree.ts'
import { token } from './token.ts'
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

/** Items and definitions to the end of the file. */
function parseFile(parser: TreeParser): Node {
  const root = new Node(kind.list, parser.peek().start)
  const nodes: Node[] = []
  root.nodes = nodes
  while (parser.peek().kind !== token.end) {
    if (parser.peek().kind === token.leftDelimiter) {
      const delimiter = parser.next()
      if (parser.next().kind === token.define) {
        parseDefinition(new TreeParser(parser.session))
        continue
      }
      parser.backup2(delimiter)
    }
    const item = parseItem(parser)
    if (item.kind === kind.end || item.kind === kind.else) parser.fail(`unexpected ${nodeText(item)}`)
    nodes.push(item)
  }
  return root
}
