import { limits } from './limits.ts'
import { parseText } from './parse.ts'
import type { ParsedText } from './parsed-text.ts'

/** Texts that have been parsed, so that a file which many charts carry is parsed once. */
const parsed = new Map<string, ParsedText>()
let size = 0

/** A text as it has been parsed before, or now. */
export function parsedText(source: string): ParsedText {
  const known = parsed.get(source)
  if (known !== undefined) return known
  const text = parseText(source)
  if (size + source.length > limits.parsedText) {
    parsed.clear()
    size = 0
  }
  parsed.set(source, text)
  size += source.length
  return text
}
