import { space, tab } from './lines.ts'
import type { Piece } from './scalars.ts'
import { giveUp } from './unusual.ts'

export interface BlockScalar {
  /** `|` or `>` and how it ends. */
  readonly header: string
  /** Offset of the end of the header's line. */
  readonly from: number
  /** Column of the block that it stands in. */
  readonly parent: number
}

/** A literal (`|`) or folded (`>`) text; `end` is the offset of the line end after it. */
export function blockScalar(text: string, { header, from, parent }: BlockScalar): Piece<string> {
  if (header.length > 1 && header.slice(1) !== '-' && header.slice(1) !== '+') giveUp()
  const { lines, end } = readLines(text, from, parent)
  const trailing = lines.length - lines.findLastIndex((line) => line !== '') - 1
  const body = lines.slice(0, lines.length - trailing)
  if (body.length === 0 || end === text.length) giveUp()
  const value = header[0] === '|' ? body.join('\n') : folded(body)
  if (header[1] === '-') return { value, end }
  return { value: value + (header[1] === '+' ? '\n'.repeat(trailing + 1) : '\n'), end }
}

function readLines(text: string, from: number, parent: number): { lines: string[]; end: number } {
  const lines: string[] = []
  let indent = -1
  let end = from
  while (end < text.length) {
    const start = end + 1
    const newline = text.indexOf('\n', start)
    const stop = newline < 0 ? text.length : newline
    if (start >= text.length) break
    const column = firstColumn(text, start, stop)
    if (column < 0) {
      // Blank: what is deeper than the text belongs to it.
      if (indent < 0 && stop > start) giveUp()
      lines.push(indent < 0 ? '' : text.slice(start + indent, Math.max(stop, start + indent)))
    } else {
      // A tab where the depth is still to be found is an error, or content: the full parser knows.
      if (indent < 0) indent = column > parent && text.charCodeAt(start + column) !== tab ? column : giveUp()
      if (column < indent) break
      lines.push(text.slice(start + indent, stop))
    }
    end = stop
  }
  return { lines, end }
}

function firstColumn(text: string, start: number, stop: number): number {
  let at = start
  while (at < stop && text.charCodeAt(at) === space) at++
  return at < stop ? at - start : -1
}

// Lines that are deeper, and blank ones at the start, fold by other rules.
function folded(lines: readonly string[]): string {
  if (lines[0] === '' || lines.some((line) => /^[ \t]/.test(line) || /[ \t]$/.test(line))) giveUp()
  let out = lines[0] ?? ''
  let blanks = 0
  for (const line of lines.slice(1)) {
    if (line === '') {
      blanks++
      continue
    }
    out += (blanks === 0 ? ' ' : '\n'.repeat(blanks)) + line
    blanks = 0
  }
  return out
}
