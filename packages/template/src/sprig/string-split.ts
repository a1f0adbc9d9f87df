import type { GoFunction, GoInt, Value } from '@chartroom/go'
import { compareBytes, TypedList, TypedMap } from '@chartroom/go'
import { fromByteUnits, isBroken, toByteUnits } from './bytes.ts'
import { fixed } from './go-function.ts'
import { checkListLength } from './limit.ts'
import { maxListLength } from './limits.ts'
import { elementsOf, stringList, textOf, textsOf } from './values.ts'

export const splitFunctions: ReadonlyMap<string, GoFunction> = new Map([
  [
    'split',
    fixed('string string', (separator: string, text: string) => numbered(splitText(text, separator))),
  ],
  [
    'splitn',
    fixed('string int string', (separator: string, limit: GoInt, text: string) =>
      numbered(splitText(text, separator, Number(limit.value))),
    ),
  ],
  [
    'splitList',
    fixed('string string', (separator: string, text: string) => stringList(splitText(text, separator))),
  ],
  ['toStrings', fixed('any', toStrings)],
  ['sortAlpha', fixed('any', sortAlpha)],
])

/** Go's `strings.SplitN`; an empty separator splits into characters. */
function splitText(text: string, separator: string, limit = -1): string[] {
  if (limit === 0) return []
  if (limit < 0 && text.length >= maxListLength) checkListLength(countParts(text, separator))
  const broken = isBroken(separator)
  const parts = broken
    ? toByteUnits(text).split(toByteUnits(separator))
    : separator === ''
      ? Array.from(text)
      : text.split(separator)
  if (limit > 0 && parts.length > limit) {
    parts.push(parts.splice(limit - 1).join(broken ? toByteUnits(separator) : separator))
  }
  return broken ? parts.map(fromByteUnits) : parts
}

/** How many parts a text has, at least: enough to refuse too many. */
function countParts(text: string, separator: string): number {
  if (separator === '') return text.length
  let count = 1
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.length)) count++
  return count
}

function numbered(parts: readonly string[]): TypedMap<string> {
  return new TypedMap(
    'string',
    parts.map((part, index) => [`_${index}`, part] as const),
  )
}

/** A `[]string` is sorted in place, as Go does it. */
function sortAlpha(list: Value): TypedList<string> {
  if (elementsOf(list) === undefined) return stringList([textOf(list)])
  const texts = toStrings(list)
  if (!texts.some(isBroken)) return texts.sort(compareBytes)
  const inOrder = texts.map(toByteUnits).sort().map(fromByteUnits)
  for (const [index, text] of inOrder.entries()) texts[index] = text
  return texts
}

function toStrings(value: Value): TypedList<string> {
  return value instanceof TypedList && value.elementType === 'string' && value.typeName === undefined
    ? (value as TypedList<string>)
    : stringList(textsOf(value))
}
