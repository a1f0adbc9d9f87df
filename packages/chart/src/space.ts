// Go's unicode.IsSpace. JavaScript's \s adds U+FEFF and lacks U+0085.
const spaces = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const everySpace = new RegExp(`[${spaces}]`, 'gu')
const space = new RegExp(`[${spaces}]`, 'u')
// Go's unicode.IsPrint takes letters, marks, numbers, punctuation, symbols and the ASCII space.
// Made when first asked for: it takes V8 a while, and most texts are ASCII.
let unprintable: RegExp | undefined

/** As Go's strings.TrimSpace. */
export function trimSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && space.test(text.charAt(start))) start++
  while (end > start && space.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Helm's sanitizeString: every kind of space becomes U+0020, what cannot be printed is dropped. */
export function sanitize(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  unprintable ??= /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu
  return text.replace(everySpace, ' ').replace(unprintable, '')
}
