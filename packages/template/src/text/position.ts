import { byteLength } from '@chartroom/go'

/** Line from 1 and column in bytes from 0 of an offset. */
export function positionOf(source: string, offset: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) {
    line++
    start = at + 1
  }
  return { line, column: byteLength(source.slice(start, offset)) }
}
