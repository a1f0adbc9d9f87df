import { isSpace } from '@chartroom/go'
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
  for (let index = 0; index < text.length; index++) if (!isSpace(text.charCodeAt(index))) return false
  return true
}
