import { isPrint } from '@chartroom/go'

/** What a character of ASCII may begin inside an action. */
export const start = {
  nothing: 0,
  space: 1,
  name: 2,
  number: 3,
  dot: 4,
  variable: 5,
  string: 6,
  rawString: 7,
  character: 8,
  leftParen: 9,
  rightParen: 10,
  pipe: 11,
  colon: 12,
  equals: 13,
  other: 14,
} as const

const starts = startsOf([
  [/[!-~]/, start.other],
  [/[ \t\r\n]/, start.space],
  [/[A-Za-z_]/, start.name],
  [/[0-9+-]/, start.number],
  [/\./, start.dot],
  [/\$/, start.variable],
  [/"/, start.string],
  [/`/, start.rawString],
  [/'/, start.character],
  [/\(/, start.leftParen],
  [/\)/, start.rightParen],
  [/\|/, start.pipe],
  [/:/, start.colon],
  [/=/, start.equals],
])

function startsOf(rules: readonly (readonly [RegExp, number])[]): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, unit) => {
    const character = String.fromCharCode(unit)
    return rules.findLast(([pattern]) => pattern.test(character))?.[1] ?? start.nothing
  })
}

/** What a UTF-16 unit begins; beyond ASCII only a name can. */
export function startOf(unit: number): number {
  return unit < 128 ? (starts[unit] ?? start.nothing) : start.nothing
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
