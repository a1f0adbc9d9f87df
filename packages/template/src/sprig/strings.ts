import type { GoFunction, GoInt, Value } from '@chartroom/go'
import { formatValue, quote } from '@chartroom/go'
import { fixed, variadic } from './go-function.ts'
import { indent, nindent, repeat } from './indent.ts'
import { joinTexts } from './limit.ts'
import { caseFunctions } from './string-cases.ts'
import { cutFunctions } from './string-cuts.ts'
import { searchFunctions } from './string-search.ts'
import { splitFunctions } from './string-split.ts'
import { trimFunctions } from './string-trim.ts'
import { textOf, textsOf } from './values.ts'
import { deleteSpaces, initials, wrapText } from './words.ts'

export const stringFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ...caseFunctions,
  ...cutFunctions,
  ...searchFunctions,
  ...splitFunctions,
  ...trimFunctions,
  ['hello', fixed('', () => 'Hello!')],
  ['toString', fixed('any', textOf)],
  ['quote', variadic('any', quoteAll)],
  ['squote', variadic('any', squoteAll)],
  ['cat', variadic('any', cat)],
  ['indent', fixed('int string', indent)],
  ['nindent', fixed('int string', nindent)],
  ['repeat', fixed('int string', repeat)],
  ['nospace', fixed('string', deleteSpaces)],
  ['initials', fixed('string', initials)],
  ['wrap', fixed('int string', (width: GoInt, text: string) => wrapText(text, width))],
  [
    'wrapWith',
    fixed('int string string', (width: GoInt, separator: string, text: string) =>
      wrapText(text, width, separator),
    ),
  ],
  [
    'plural',
    fixed('string string int', (one: string, many: string, count: GoInt) =>
      count.value === 1n ? one : many,
    ),
  ],
  ['join', fixed('string any', (separator: string, list: Value) => joinTexts(textsOf(list), separator))],
])

function quoteAll(...values: Value[]): string {
  const only = values[0]
  if (values.length === 1 && only !== null && only !== undefined) return quote(textOf(only))
  return joinTexts(
    present(values).map((value) => quote(textOf(value))),
    ' ',
  )
}

function squoteAll(...values: Value[]): string {
  return joinTexts(
    present(values).map((value) => `'${formatValue(value)}'`),
    ' ',
  )
}

function cat(...values: Value[]): string {
  return joinTexts(present(values).map(formatValue), ' ')
}

function present(values: readonly Value[]): Value[] {
  return values.filter((value) => value !== null && value !== undefined)
}
