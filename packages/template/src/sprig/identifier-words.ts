import { isLetter, isNumber, isPunctuation, isSpace, isUpper, replacement, runesOf } from './unicode.ts'

/** A run of characters of one kind, as xstrings' `nextWord` finds it, by offsets into them. */
export interface Word {
  readonly kind: 'invalid' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punctuation' | 'other'
  readonly start: number
  readonly end: number
}

export function nextWord(characters: readonly string[], start: number): Word {
  const first = validRune(characters, start, replacement)
  if (first.rune === replacement) return { kind: 'invalid', start, end: first.end }
  const [kind, belongs] = kinds.find(([, includes]) => includes(first.rune)) ?? ['other', isOther]
  const end = kind === 'upper' ? endOfCapitals(characters, first) : endOf(characters, first, belongs)
  return { kind, start, end }
}

export function isConnector(character: string): boolean {
  return character === '-' || character === '_' || isSpace(character)
}

interface Position {
  readonly rune: string
  readonly end: number
}

/** The next character that is UTF-8; behind the last one it is still the one before. */
function validRune(characters: readonly string[], start: number, previous: string): Position {
  for (let at = start; at < characters.length; at++) {
    const rune = runesOf(characters[at] ?? '')[0] ?? replacement
    if (rune !== replacement) return { rune, end: at + 1 }
  }
  return { rune: previous, end: characters.length }
}

function endOf(
  characters: readonly string[],
  first: Position,
  belongs: (character: string) => boolean,
): number {
  let position = first
  while (position.end < characters.length) {
    const next = validRune(characters, position.end, position.rune)
    if (!belongs(next.rune)) break
    position = next
  }
  return position.end
}

/** HTTPStatus is HTTP and Status: the last capital belongs to the small letters behind it. */
function endOfCapitals(characters: readonly string[], first: Position): number {
  if (first.end === characters.length) return first.end
  const second = validRune(characters, first.end, first.rune)
  if (!isUpper(second.rune)) {
    return isAlphabet(second.rune) ? endOf(characters, second, isSmall) : first.end
  }
  let before = first
  let last = second
  while (last.end < characters.length) {
    const next = validRune(characters, last.end, last.rune)
    if (!isUpper(next.rune)) return isAlphabet(next.rune) ? before.end : last.end
    before = last
    last = next
  }
  return last.end
}

function isSmall(character: string): boolean {
  return isAlphabet(character) && !isUpper(character)
}

function isOther(character: string): boolean {
  return (
    !isConnector(character) && !isAlphabet(character) && !isNumber(character) && !isPunctuation(character)
  )
}

/** A letter that is no Chinese, Japanese or Korean ideograph. */
function isAlphabet(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x4e00 && code <= 0x9fcc) return false
  if (code >= 0x3400 && code <= 0x4d85) return false
  if (code >= 0x20000 && code <= 0x2b81d) return false
  return isLetter(character)
}

const kinds: readonly (readonly [Word['kind'], (character: string) => boolean])[] = [
  ['connector', isConnector],
  ['punctuation', isPunctuation],
  ['upper', isUpper],
  ['alphabet', isSmall],
  ['number', isNumber],
]
