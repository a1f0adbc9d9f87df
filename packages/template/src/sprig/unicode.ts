import { isSpace as isSpaceUnit } from '@chartroom/go'

/**
 * Go's simple case mappings: one character becomes one character, whatever stands around it. JavaScript maps some
 * characters to several (`ß` to `SS`) and knows no title case, so what differs is listed here. Characters younger
 * than the Unicode of Go (15.0) follow the platform.
 */
export function toUpper(text: string): string {
  return ascii.test(text) ? text.toUpperCase() : mapCharacters(text, upperOf)
}

export function toLower(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : mapCharacters(text, lowerOf)
}

/** Applies a function to each character; what is no UTF-8 becomes U+FFFD, as Go's `strings.Map` does it. */
export function mapCharacters(text: string, map: (character: string) => string): string {
  let out = ''
  for (const character of text) out += map(isInvalid(character) ? replacement : character)
  return out
}

/** The characters of a text as Go's `[]rune`: each byte that is no UTF-8 is U+FFFD. */
export function runesOf(text: string): string[] {
  return Array.from(text, (character) => (isInvalid(character) ? replacement : character))
}

export const replacement = '\ufffd'

/** A byte that is no UTF-8, in the notation of Go strings here. */
function isInvalid(character: string): boolean {
  const code = character.charCodeAt(0)
  return character.length === 1 && code >= 0xdc80 && code <= 0xdcff
}

export function upperOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return character.toUpperCase()
  if (code === 0x19b || code === 0x264) return character
  const title = greekTitle(code)
  return title ?? single(character, character.toUpperCase())
}

export function lowerOf(character: string): string {
  return character === '\u0130' ? 'i' : single(character, character.toLowerCase())
}

export function titleOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCharCode(code - ((code - 0x1c4) % 3) + 1)
  if (code >= 0x1f1 && code <= 0x1f3) return '\u01f2'
  // Georgian has capitals, but no titles.
  if (code >= 0x10d0 && code <= 0x10ff) return character
  return upperOf(character)
}

/** Greek with an iota below: its simple capital is what Unicode calls its title case. */
function greekTitle(code: number): string | undefined {
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCharCode(code + 9)
  if (code < 0x1f80 || code > 0x1fa7 || (code & 8) !== 0) return undefined
  return String.fromCharCode(code + 8)
}

function single(character: string, mapped: string): string {
  const length = (mapped.codePointAt(0) ?? 0) > 0xffff ? 2 : 1
  return mapped.length === length ? mapped : character
}

const ascii = /^[\0-\x7f]*$/

/** Made when first asked for: each takes V8 a while, and most charts ask for none. */
function category(name: string): (character: string) => boolean {
  let pattern: RegExp | undefined
  return (character) => (pattern ??= new RegExp(`^\\p{${name}}$`, 'u')).test(character)
}

/** Go's `unicode.IsSpace`. */
export const isSpace = (character: string): boolean => isSpaceUnit(character.charCodeAt(0))
export const isUpper: (character: string) => boolean = category('Lu')
export const isLower: (character: string) => boolean = category('Ll')
export const isTitle: (character: string) => boolean = category('Lt')
export const isLetter: (character: string) => boolean = category('L')
export const isNumber: (character: string) => boolean = category('N')
export const isDigit: (character: string) => boolean = category('Nd')
export const isPunctuation: (character: string) => boolean = category('P')
