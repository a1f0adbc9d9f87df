import type { GoFunction, GoInt } from '@chartroom/go'
import { byteLength, sliceBytes } from './bytes.ts'
import { fixed } from './go-function.ts'

export const cutFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['trunc', fixed('int string', truncate)],
  ['substr', fixed('int int string', substring)],
  ['abbrev', fixed('int string', (width: GoInt, text: string) => abbreviate(text, 0n, width.value))],
  [
    'abbrevboth',
    fixed('int int string', (left: GoInt, right: GoInt, text: string) =>
      left.value > 0n && right.value < 7n ? text : abbreviate(text, left.value, right.value),
    ),
  ],
])

function truncate(count: GoInt, text: string): string {
  // No character has more than three bytes for a UTF-16 unit.
  if (count.value >= text.length * 3) return text
  const length = BigInt(byteLength(text))
  if (count.value < 0n)
    return length + count.value > 0n ? sliceBytes(text, length + count.value, undefined) : text
  return length > count.value ? sliceBytes(text, undefined, count.value) : text
}

function substring(start: GoInt, end: GoInt, text: string): string {
  if (start.value < 0n) return sliceBytes(text, undefined, end.value)
  if (end.value < 0n || end.value > byteLength(text)) return sliceBytes(text, start.value, undefined)
  return sliceBytes(text, start.value, end.value)
}

/** goutils' `AbbreviateFull`: at most `width` bytes from about `offset` on, with dots where something is missing. */
function abbreviate(text: string, offset: bigint, width: bigint): string {
  const length = BigInt(byteLength(text))
  if (width < 4n || length <= width) return text
  const room = width - 3n
  let from = offset > length ? length : offset
  if (length - from < room) from = length - room
  if (from <= 4n) return `${sliceBytes(text, undefined, room)}...`
  if (from + room < length) return `...${abbreviate(sliceBytes(text, from, undefined), 0n, room)}`
  return `...${sliceBytes(text, length - room, undefined)}`
}
