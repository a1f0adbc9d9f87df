import type { GoFunction } from '@chartroom/go'
import { fromByteUnits, isBroken, toByteUnits } from './bytes.ts'
import { fixed } from './go-function.ts'
import { checkTextLength } from './limit.ts'

export const searchFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['contains', fixed('string string', contains)],
  ['hasPrefix', fixed('string string', hasPrefix)],
  ['hasSuffix', fixed('string string', hasSuffix)],
  ['replace', fixed('string string string', replace)],
])

// A broken text can be part of a whole character, so it is searched byte by byte.

function contains(part: string, text: string): boolean {
  return isBroken(part) ? toByteUnits(text).includes(toByteUnits(part)) : text.includes(part)
}

export function hasPrefix(part: string, text: string): boolean {
  return isBroken(part) ? toByteUnits(text).startsWith(toByteUnits(part)) : text.startsWith(part)
}

export function hasSuffix(part: string, text: string): boolean {
  return isBroken(part) ? toByteUnits(text).endsWith(toByteUnits(part)) : text.endsWith(part)
}

function replace(old: string, replacement: string, text: string): string {
  if (old === '') return replaceBetween(replacement, text)
  if (isBroken(old)) {
    return fromByteUnits(replaceUnits(toByteUnits(old), toByteUnits(replacement), toByteUnits(text)))
  }
  return replaceUnits(old, replacement, text)
}

function replaceUnits(old: string, replacement: string, text: string): string {
  if (replacement.length > old.length && (text.length / old.length) * replacement.length > 1 << 20) {
    checkTextLength(text.length + (text.split(old).length - 1) * (replacement.length - old.length))
  }
  return text.replaceAll(old, () => replacement)
}

/** The empty text is found before each character and at the end. */
function replaceBetween(replacement: string, text: string): string {
  const characters = Array.from(text)
  checkTextLength(text.length + replacement.length * (characters.length + 1))
  return [...characters, ''].map((character) => replacement + character).join('')
}
