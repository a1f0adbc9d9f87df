import { toByteUnits } from './bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Go's `base32.StdEncoding.EncodeToString`. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    held += 8
    for (; held >= 5; held -= 5) text += alphabet[(bits >> (held - 5)) & 31] ?? ''
  }
  if (held > 0) text += alphabet[(bits << (5 - held)) & 31] ?? ''
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=')
}

/** Go's `base32.StdEncoding.DecodeString`: the bytes, or the text of its error, whose offset leaves line ends out. */
export function decodeBase32(text: string): Uint8Array | string {
  const units = toByteUnits(text).replace(/[\r\n]/g, '')
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (let at = 0; at < units.length; at++) {
    const column = at % 8
    const rest = units.length - at - 1
    if (units[at] === '=' && column >= 2 && rest < 8) {
      const wrong = wrongPadding(units, at, rest)
      return wrong === undefined ? Uint8Array.from(bytes) : corrupt(wrong)
    }
    const value = alphabet.indexOf(units[at] ?? '')
    if (value < 0) return corrupt(at)
    bits = ((bits << 5) | value) & 0xfff
    held += 5
    if (held < 8) continue
    held -= 8
    bytes.push((bits >> held) & 0xff)
  }
  const missing = units.length % 8
  return missing === 0 ? Uint8Array.from(bytes) : corrupt(units.length - missing)
}

function wrongPadding(units: string, at: number, rest: number): number | undefined {
  const column = at % 8
  if (rest + column < 7) return units.length
  for (let k = 0; k < 7 - column; k++) {
    if (rest > k && units[at + 1 + k] !== '=') return at + k
  }
  return column === 3 || column === 6 ? at : undefined
}

function corrupt(offset: number): string {
  return `illegal base32 data at input byte ${offset}`
}
