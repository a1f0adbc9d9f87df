/** Go's `strconv.Quote`: double quotes, Go's escapes, bytes that are not UTF-8 as `\xNN`. */
export function quote(text: string): string {
  return plainText.test(text) ? `"${text}"` : `"${escapeAll(text, '"', false)}"`
}

/** Go's `strconv.QuoteToASCII`. */
export function quoteToAscii(text: string): string {
  return `"${escapeAll(text, '"', true)}"`
}

/** Go's `strconv.QuoteRune` and, with `ascii`, `QuoteRuneToASCII`. */
export function quoteRune(code: number, ascii: boolean): string {
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return `'${escapeRune(valid ? code : replacement, "'", ascii)}'`
}

/** Go's `strconv.CanBackquote`. */
export function canBackquote(text: string): boolean {
  return !/[\u0000-\u0008\u000a-\u001f`\u007f\ufeff]|[\udc80-\udcff]/u.test(text)
}

/** Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrint(code: number): boolean {
  if (code < 0x7f) return code >= 0x20
  if (code >= 0xd800 && code <= 0xdfff) return false
  printable ??= /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u
  return code <= 0x10ffff && printable.test(String.fromCodePoint(code))
}

const replacement = 0xfffd
const plainText = /^[ !#-[\]-~]*$/
/** Made when first asked for: it takes V8 a while, and most texts are ASCII. */
let printable: RegExp | undefined

function escapeAll(text: string, mark: string, ascii: boolean): string {
  let out = ''
  for (const character of text) out += escapeRune(character.codePointAt(0) ?? 0, mark, ascii)
  return out
}

function escapeRune(code: number, mark: string, ascii: boolean): string {
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`
  if (code === mark.charCodeAt(0) || code === 0x5c) return `\\${String.fromCharCode(code)}`
  if ((!ascii || code < 0x80) && isPrint(code)) return String.fromCodePoint(code)
  const short = shortEscapes[code]
  if (short !== undefined) return short
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd'
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}

const shortEscapes: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}
