import { isSpace } from './characters.ts'
import * as kind from './kind.ts'
import type { Statement } from './node.ts'

/** True for a tree of nothing but space and comments, which defines nothing. */
export function isEmptyTree(root: Statement | undefined): boolean {
  for (let statement = root; statement !== undefined; statement = statement.next) {
    if (statement.kind !== kind.text || !isBlank(statement.text)) return false
  }
  return true
}

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0x20 && unit < 0x7f) return false
    if (!isSpace(unit)) return anySpace.test(text)
  }
  return true
}

/** What Go's `unicode.IsSpace` takes for space. */
const anySpace = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/
