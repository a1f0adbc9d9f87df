/** Go's `unicode.IsSpace`, of a UTF-16 unit. JavaScript's `\s` adds U+FEFF and lacks U+0085. */
export function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  if (unit < 0x2000) return unit === 0x85 || unit === 0xa0 || unit === 0x1680
  if (unit <= 0x200a) return true
  return unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000
}

/** Go's `strings.TrimLeftFunc` with `unicode.IsSpace`. */
export function trimLeft(text: string): string {
  let start = 0
  while (start < text.length && isSpace(text.charCodeAt(start))) start++
  return text.slice(start)
}

/** Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--
  return trimLeft(text.slice(0, end))
}
