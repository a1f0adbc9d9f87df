const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The bytes of a Go string: UTF-8, and the escaped bytes U+DC80 to U+DCFF as themselves. */
export function stringBytes(text: string): Uint8Array {
  const utf8 = encoder.encode(text)
  if (!escaped.test(text)) return utf8
  const out: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00)
    else out.push(...encoder.encode(character))
  }
  return Uint8Array.from(out)
}

/** `len` of a Go string: the number of its bytes. */
export function byteLength(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) length += 1
    else if (unit < 0xd800 || unit > 0xdfff) length += 2
    else if (unit < 0xdc00 && isLow(text.charCodeAt(i + 1))) {
      length += 2
      i++
    } else if (unit < 0xdc80 || unit > 0xdcff) length += 2
  }
  return length
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** The Go string of bytes: what is not UTF-8 is escaped, byte by byte, so that nothing is lost. */
export function bytesString(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return escapeBytes(bytes)
  }
}

function escapeBytes(bytes: Uint8Array): string {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    const byte = bytes[at] ?? 0
    text +=
      length === 0 ? String.fromCharCode(0xdc00 + byte) : decoder.decode(bytes.subarray(at, at + length))
    at += Math.max(length, 1)
  }
  return text
}

/** Length of the valid UTF-8 sequence at an offset, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const length =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length === 0 || at + length > bytes.length) return 0
  try {
    decoder.decode(bytes.subarray(at, at + length))
    return length
  } catch {
    return 0
  }
}

const escaped = /[\udc80-\udcff]/u
