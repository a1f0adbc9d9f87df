import { byteLength, isPrint, stringBytes } from '@chartroom/go'

export function escapeHtml(text: string): string {
  return text.replaceAll(/["'&<>\0]/g, (character) => htmlEscapes.get(character) ?? character)
}

const htmlEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '&#34;'],
  ["'", '&#39;'],
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\0', '\ufffd'],
])

export function escapeJs(text: string): string {
  return text.replaceAll(/[\\'"<>&=\0-\u001f]|[^\0-\u007f]/gu, (character) => {
    const short = jsEscapes.get(character)
    if (short !== undefined) return short
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xdc80 && code <= 0xdcff) return character
    if (code >= 0x80 && isPrint(code)) return character
    return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
  })
}

const jsEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['"', '\\"'],
  ['<', '\\u003C'],
  ['>', '\\u003E'],
  ['&', '\\u0026'],
  ['=', '\\u003D'],
])

/** Go's `url.QueryEscape`. */
export function escapeQuery(text: string): string {
  if (/^[\w.~-]*$/.test(text) && byteLength(text) === text.length) return text
  let out = ''
  for (const byte of stringBytes(text)) {
    const character = String.fromCharCode(byte)
    if (byte < 0x80 && /[\w.~-]/.test(character)) out += character
    else out += byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}
