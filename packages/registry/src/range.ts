import type { ByteRange } from '@chartroom/store'

/**
 * One range of `Range: bytes=...` (RFC 9110, 14.1.2) over content of `size` bytes. Undefined where the header asks
 * for nothing we answer in part (another unit, several ranges, bad syntax); `unsatisfiable` where no byte is in it.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  const [, first = '', last = ''] = match ?? []
  if (match === null || (first === '' && last === '')) return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start >= size || end < start ? 'unsatisfiable' : { start, end }
}

/** `Content-Range` of a chunk: `<start>-<end>`, with or without the unit. Undefined for anything else. */
export function parseContentRange(header: string): ByteRange | undefined {
  const match = /^(?:bytes[ =])?(\d{1,15})-(\d{1,15})(?:\/(?:\d+|\*))?$/.exec(header)
  if (match === null) return undefined
  const range = { start: Number(match[1]), end: Number(match[2]) }
  return range.end < range.start ? undefined : range
}
