import { bytesString, stringBytes } from '../value/byte-string.ts'

/** Go's `strconv.Unquote` of a literal in double quotes, back quotes or single quotes; undefined where Go
 * says `invalid syntax`. */
export function unquote(literal: string): string | undefined {
  const mark = literal[0]
  if (literal.length < 2 || literal.at(-1) !== mark) return undefined
  const inner = literal.slice(1, -1)
  if (mark === '`') return inner.includes('`') ? undefined : inner.replaceAll('\r', '')
  if (mark !== '"' && mark !== "'") return undefined
  if (mark === '"' && simple.test(inner)) return inner
  const out = unescape(inner, mark)
  return mark === "'" && (out === undefined || [...out].length !== 1) ? undefined : out
}

/** A character of a literal: its code, or a byte written as `\x` or octal; and where the next one begins. */
export interface LiteralCharacter {
  readonly code: number
  readonly isByte: boolean
  readonly end: number
}

/** Go's `strconv.UnquoteChar` at an offset; undefined where Go says `invalid syntax`. */
export function unquoteCharacter(text: string, at: number, mark: string): LiteralCharacter | undefined {
  const code = text.codePointAt(at)
  if (code === undefined || text[at] === mark) return undefined
  // A byte that is not UTF-8 reads as U+FFFD.
  if (code >= 0xdc80 && code <= 0xdcff) return { code: 0xfffd, isByte: false, end: at + 1 }
  if (code !== backslash) return { code, isByte: false, end: at + (code > 0xffff ? 2 : 1) }
  const letter = text[at + 1] ?? ''
  const short = shortEscapes.get(letter)
  if (short !== undefined) return { code: short, isByte: false, end: at + 2 }
  if (letter === mark) return { code: letter.charCodeAt(0), isByte: false, end: at + 2 }
  const width = hexWidths.get(letter)
  if (width !== undefined) return hexEscape(text.slice(at + 2, at + 2 + width), width, at + 2 + width)
  const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4))
  return octal ? { code: Number.parseInt(octal[0], 8), isByte: true, end: at + 4 } : undefined
}

function hexEscape(digits: string, width: number, end: number): LiteralCharacter | undefined {
  if (digits.length !== width || !/^[0-9a-fA-F]+$/.test(digits)) return undefined
  const code = Number.parseInt(digits, 16)
  if (width > 2 && (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))) return undefined
  return { code, isByte: width === 2, end }
}

function unescape(inner: string, mark: string): string | undefined {
  let out = ''
  let hasBytes = false
  for (let at = 0; at < inner.length; ) {
    const character = inner[at] === '\n' ? undefined : unquoteCharacter(inner, at, mark)
    if (character === undefined) return undefined
    const { code, isByte } = character
    hasBytes ||= isByte && code >= 0x80
    out += isByte && code >= 0x80 ? String.fromCharCode(0xdc00 + code) : String.fromCodePoint(code)
    at = character.end
  }
  // Bytes side by side may be UTF-8: "\xc3\xa9" is é.
  return hasBytes ? bytesString(stringBytes(out)) : out
}

const simple = /^[^\\\n"\udc80-\udcff]*$/u
const backslash = 0x5c

const shortEscapes: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 0x5c],
])

const hexWidths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])
