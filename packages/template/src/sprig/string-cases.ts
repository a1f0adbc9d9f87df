import type { GoFunction } from '@chartroom/go'
import { fixed } from './go-function.ts'
import { joinLower, toPascal } from './identifier-cases.ts'
import {
  isDigit,
  isLetter,
  isLower,
  isSpace,
  isTitle,
  isUpper,
  lowerOf,
  mapCharacters,
  titleOf,
  toLower,
  toUpper,
  upperOf,
} from './unicode.ts'

export const caseFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['upper', fixed('string', toUpper)],
  ['lower', fixed('string', toLower)],
  ['title', fixed('string', titleWords)],
  ['untitle', fixed('string', untitle)],
  ['swapcase', fixed('string', swapCase)],
  ['snakecase', fixed('string', (text: string) => joinLower(text, '_'))],
  ['kebabcase', fixed('string', (text: string) => joinLower(text, '-'))],
  ['camelcase', fixed('string', toPascal)],
])

/** Go's `strings.Title`. */
function titleWords(text: string): string {
  let previous = ' '
  return mapCharacters(text, (character) => {
    const mapped = isSeparator(previous) ? titleOf(character) : character
    previous = character
    return mapped
  })
}

function isSeparator(character: string): boolean {
  if (character < '\x80') return !/[0-9A-Za-z_]/.test(character)
  return !isLetter(character) && !isDigit(character) && isSpace(character)
}

function untitle(text: string): string {
  let starts = true
  return mapCharacters(text, (character) => {
    if (isSpace(character)) starts = true
    else if (starts) {
      starts = false
      return lowerOf(character)
    }
    return character
  })
}

function swapCase(text: string): string {
  let afterSpace = true
  return mapCharacters(text, (character) => {
    const first = afterSpace
    if (isUpper(character) || isTitle(character)) {
      afterSpace = false
      return lowerOf(character)
    }
    if (!isLower(character)) {
      afterSpace = isSpace(character)
      return character
    }
    afterSpace = false
    return first ? titleOf(character) : upperOf(character)
  })
}
