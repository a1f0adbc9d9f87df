import type { Node } from './node.ts'
import { kind } from './node.ts'

/** True for a tree of nothing but space and comments, which defines nothing. */
export function isEmptyTree(root: Node): boolean {
  return root.nodes.every((node) => node.kind === kind.text && space.test(node.text))
}

/** What Go's `unicode.IsSpace` takes for space. */
const space = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/
