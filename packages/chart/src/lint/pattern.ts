/**
 * The pattern as JavaScript reads it in Unicode mode. Undefined when it has no such form, or when it repeats a
 * bare repetition, as `(a+)+` does, which takes exponential time.
 */
export function portablePattern(pattern: string): string | undefined {
  if (/\((?:\?:)?(?:\[[^\]]*\]|\\.|[^()\\])[*+]\)[*+{]/.test(pattern)) return undefined
  return [pattern, relaxed(pattern)].find(compiles)
}

/** Go lets every punctuation character be escaped, JavaScript only those with a meaning. */
function relaxed(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, (escape, character: string) => {
    if (character === '-') return '\\x2d'
    return /[a-zA-Z0-9^$\\.*+?()[\]{}|/]/.test(character) ? escape : character
  })
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
