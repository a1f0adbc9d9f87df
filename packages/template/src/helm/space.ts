// Go's unicode.IsSpace; JavaScript's \s has U+FEFF besides, and lacks U+0085.
const leading = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

export function trimLeft(text: string): string {
  return text.replace(leading, '')
}

/** Go's strings.TrimSpace. */
export function trimSpace(text: string): string {
  // Not by an expression anchored at the end, which tries every run of blanks.
  let end = text.length
  while (end > 0 && space.test(text.charAt(end - 1))) end--
  return trimLeft(text.slice(0, end))
}
