import { FunctionError } from '@chartroom/go'
import { maxListLength, maxTextLength } from './limits.ts'

/** Refuses a text of that many UTF-16 units before it is made. */
export function checkTextLength(length: number): void {
  if (length > maxTextLength) throw new FunctionError(`the result is longer than ${maxTextLength} characters`)
}

/** Refuses a list of that many elements before it is made. */
export function checkListLength(length: number): void {
  if (length > maxListLength) throw new FunctionError(`the result has more than ${maxListLength} elements`)
}

/** Joins texts unless the whole gets too long. */
export function joinTexts(texts: readonly string[], separator: string): string {
  let length = separator.length * texts.length
  for (const text of texts) length += text.length
  checkTextLength(length)
  return texts.join(separator)
}
