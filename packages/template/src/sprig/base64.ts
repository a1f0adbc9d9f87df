import { toByteUnits } from './bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Map(Array.from(alphabet, (character, value) => [character.charCodeAt(0), value]))
const padding = 0x3d

/** Go's `base64.StdEncoding.DecodeString`: the bytes, or the text of its error. Line ends count for nothing. */
export function decodeBase64(text: string): Uint8Array | string {
  const units = toByteUnits(text)
  const bytes = new Uint8Array(Math.ceil((units.length * 3) / 4))
  let written = 0
  let bits = 0
  let held = 0
  for (let at = 0; at < units.length; at++) {
    const code = units.charCodeAt(at)
    const value = values.get(code)
    if (value === undefined) {
      if (isLineEnd(code)) continue
      const wrong = code === padding ? wrongPadding(units, at, held) : at
      if (wrong !== undefined) return corrupt(wrong)
      if (held === 3) bytes[written++] = bits >> 10
      bytes[written++] = held === 3 ? bits >> 2 : bits >> 4
      return bytes.subarray(0, written)
    }
    bits = (bits << 6) | value
    if (++held < 4) continue
    bytes[written++] = bits >> 16
    bytes[written++] = bits >> 8
    bytes[written++] = bits
    bits = held = 0
  }
  return held === 0 ? bytes.subarray(0, written) : corrupt(units.length - held)
}

/** Where the padding that starts at an offset is wrong, with so many characters before it; undefined if it is not. */
function wrongPadding(units: string, at: number, held: number): number | undefined {
  if (held < 2) return at
  let next = afterLineEnds(units, at + 1)
  if (held === 2) {
    if (next === units.length) return next
    if (units.charCodeAt(next) !== padding) return next - 1
    next = afterLineEnds(units, next + 1)
  }
  return next < units.length ? next : undefined
}

function afterLineEnds(units: string, start: number): number {
  let at = start
  while (at < units.length && isLineEnd(units.charCodeAt(at))) at++
  return at
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d
}

function corrupt(offset: number): string {
  return `illegal base64 data at input byte ${offset}`
}
