import { isSpace } from '@chartroom/go'

// Go's unicode.IsPrint takes letters, marks, numbers, punctuation, symbols and the ASCII space.
// Made when first asked for: it takes V8 a while, and most texts are ASCII.
let unprintable: RegExp | undefined

/** Helm's sanitizeString: every kind of space becomes U+0020, what cannot be printed is dropped. */
export function sanitize(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  unprintable ??= /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu
  return Array.from(text, (one) => (isSpace(one.charCodeAt(0)) ? ' ' : one))
    .join('')
    .replace(unprintable, '')
}
