import { quote } from '@chartroom/go'
import { isEmptyTree } from './empty-tree.ts'
import type { Statement } from './node.ts'
import type { ParsedTree } from './parsed-text.ts'
import type { TreeParser } from './tree-parser.ts'

export function treeOf(parser: TreeParser, root: Statement | undefined): ParsedTree {
  const { slots, skippable } = parser.scope
  return { source: parser.source, root, isEmpty: isEmptyTree(root), slots, skippable }
}

export function multipleDefinition(name: string): string {
  return `template: multiple definition of template ${quote(name)}`
}
