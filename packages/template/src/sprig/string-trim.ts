import type { GoFunction } from '@chartroom/go'
import { trimSpace } from '@chartroom/go'
import { byteLength, isBroken, sliceBytes } from './bytes.ts'
import { fixed } from './go-function.ts'
import { hasPrefix, hasSuffix } from './string-search.ts'
import { runesOf } from './unicode.ts'

export const trimFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['trim', fixed('string', trimSpace)],
  ['trimAll', fixed('string string', trimSet)],
  ['trimall', fixed('string string', trimSet)],
  ['trimPrefix', fixed('string string', trimPrefix)],
  ['trimSuffix', fixed('string string', trimSuffix)],
])

/** Go's `strings.Trim`, its arguments turned round: the set is characters, not a text. */
function trimSet(set: string, text: string): string {
  // Units of a text serve as its characters where none of the set has two.
  const isAscii = ascii.test(set)
  const units = isAscii ? text : Array.from(text)
  const runes = isAscii ? text : runesOf(text)
  const cut = isAscii ? set : runesOf(set)
  let start = 0
  let end = runes.length
  while (start < end && cut.includes(runes[start] ?? '')) start++
  while (end > start && cut.includes(runes[end - 1] ?? '')) end--
  const kept = units.slice(start, end)
  return typeof kept === 'string' ? kept : kept.join('')
}

const ascii = /^[\0-\x7f]*$/

function trimPrefix(prefix: string, text: string): string {
  if (!hasPrefix(prefix, text)) return text
  return isBroken(prefix)
    ? sliceBytes(text, BigInt(byteLength(prefix)), undefined)
    : text.slice(prefix.length)
}

function trimSuffix(suffix: string, text: string): string {
  if (!hasSuffix(suffix, text)) return text
  if (!isBroken(suffix)) return text.slice(0, text.length - suffix.length)
  return sliceBytes(text, undefined, BigInt(byteLength(text) - byteLength(suffix)))
}
