import { endOfName } from './characters.ts'
import * as token from './token.ts'

/** Where a number ends and what it is; without a kind it is bad, and `end` is behind what made it so. */
export interface ScannedNumber {
  readonly kind: number | undefined
  readonly end: number
}

/** Scans a decimal, octal, hexadecimal, binary, floating, imaginary or complex number. What is taken here may
 * still be no number, such as `089`; the parser finds out. */
export function scanNumber(source: string, start: number): ScannedNumber {
  const first = scanPart(source, start)
  if (first.kind === undefined) return first
  const sign = source[first.end]
  if (sign !== '+' && sign !== '-') return first
  const second = scanPart(source, first.end)
  const isComplex = second.kind !== undefined && source[second.end - 1] === 'i'
  return { kind: isComplex ? token.complex : undefined, end: second.end }
}

function scanPart(source: string, start: number): ScannedNumber {
  pattern.lastIndex = start
  const end = start + (pattern.exec(source)?.[0].length ?? 0)
  if (endOfName(source, end) === end) return { kind: token.number, end }
  const code = source.codePointAt(end) ?? 0
  return { kind: undefined, end: end + (code > 0xffff ? 2 : 1) }
}

const pattern =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y
