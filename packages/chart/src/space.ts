// Go's unicode.IsPrint takes letters, marks, numbers, punctuation, symbols and the ASCII space.
// Made when first asked for, as the spaces are: it takes V8 a while, and most texts are ASCII.
let unprintable: RegExp | undefined

/** As Go's strings.TrimSpace. */
export function trimSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** Go's unicode.IsSpace. JavaScript's \s adds U+FEFF and lacks U+0085. */
function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  if (unit === 0x85) return true
  return unit !== 0xfeff && /\s/.test(String.fromCharCode(unit))
}

/** Helm's sanitizeString: every kind of space becomes U+0020, what cannot be printed is dropped. */
export function sanitize(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  unprintable ??= /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu
  return Array.from(text, (one) => (isSpace(one.charCodeAt(0)) ? ' ' : one))
    .join('')
    .replace(unprintable, '')
}
