import { isPrint } from '@chartroom/go'
import * as start from './token-start.ts'

/** What each character of ASCII begins inside an action. */
export const starts: Uint8Array = new Uint8Array(128)
starts.fill(start.other, 0x21, 0x7f)
beginWith(' \t\r\n', start.space)
beginWith('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_', start.name)
beginWith('0123456789+', start.number)
beginWith('-', start.minus)
beginWith('.', start.dot)
beginWith('$', start.variable)
beginWith('"', start.string)
beginWith('`', start.rawString)
beginWith("'", start.character)
beginWith('(', start.leftParen)
beginWith(')', start.rightParen)
beginWith('}', start.rightBrace)
beginWith('|', start.pipe)
beginWith(':', start.colon)
beginWith('=', start.equals)

function beginWith(characters: string, what: number): void {
  for (let index = 0; index < characters.length; index++) starts[characters.charCodeAt(index)] = what
}

/** Space, tab, CR and LF: what separates arguments and what trim markers remove. */
export function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09
}

/** The offset behind a run of letters, digits and underscores. */
export function endOfName(source: string, from: number): number {
  asciiName.lastIndex = from
  asciiName.test(source)
  let at = asciiName.lastIndex
  while (source.charCodeAt(at) >= 0x80) {
    wideName ??= /[\p{L}\p{Nd}]\w*/uy
    wideName.lastIndex = at
    if (!wideName.test(source)) break
    at = wideName.lastIndex
  }
  return at
}

// Expressions run at once at their full speed, which a loop reaches only after it has run for a while.
const asciiName = /\w*/y
let wideName: RegExp | undefined

/** The offset behind names with a dot before each, as far as they are of ASCII; `from` where there are none. */
export function endOfPath(source: string, from: number): number {
  path.lastIndex = from
  return path.test(source) ? path.lastIndex : from
}

const path = /(?:\.[A-Za-z_]\w*)+/y

/** Go's `%#U` of the character at an offset: `U+0040 '@'`. */
export function describeCharacter(source: string, at: number): string {
  const code = runeAt(source, at)
  const hex = code.toString(16).toUpperCase().padStart(4, '0')
  return `U+${hex}${isPrint(code) ? ` '${String.fromCodePoint(code)}'` : ''}`
}

/** The character at an offset as Go decodes it: a byte that is not UTF-8 is U+FFFD. */
function runeAt(source: string, at: number): number {
  const code = source.codePointAt(at)
  return code === undefined || (code >= 0xd800 && code <= 0xdfff) ? 0xfffd : code
}
