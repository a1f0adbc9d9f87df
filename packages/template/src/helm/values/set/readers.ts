import type { Value } from '@chartroom/go'
import { FunctionError, GoInt, parseJsonPrefix } from '@chartroom/go'
import type { ReadValue, ValueReader } from './key-parser.ts'
import type { Scanner } from './scanner.ts'

/** `--set`: true, false, null and integers have their types, all else is text. */
export const typedReader: ValueReader = textReader(typed)

/** `--set-string`. */
export const stringReader: ValueReader = textReader((text) => text)

/** `--set-file`: what is written is the name of the file whose text is the value. */
export function fileReader(textOf: (name: string) => string): ValueReader {
  return textReader(textOf)
}

/** `--set-json`: nothing at all is null. */
export const jsonReader: ValueReader = {
  separator: ',',
  escapes: true,
  read(scanner) {
    if (isEmpty(scanner)) return { value: null, isLast: false }
    const { value, end } = parseJsonPrefix(scanner.rest)
    scanner.skip(end)
    isEmpty(scanner)
    return { value, isLast: false }
  },
}

/** `--set-literal`: all that follows, as it stands. */
export const literalReader: ValueReader = {
  separator: '',
  escapes: false,
  read(scanner) {
    const value = scanner.rest
    scanner.skip(value.length)
    return { value, isLast: false }
  },
}

/** Values up to the next comma, and `{a,b}` as a list. */
function textReader(valueOf: (text: string) => Value): ValueReader {
  return {
    separator: ',',
    escapes: true,
    read(scanner): ReadValue {
      const first = scanner.peek()
      if (first === undefined) return { value: '', isLast: true }
      if (first === '{') return { value: list(scanner, valueOf), isLast: false }
      return { value: valueOf(scanner.until(',', { escapes: true }).text), isLast: false }
    },
  }
}

function list(scanner: Scanner, valueOf: (text: string) => Value): Value[] {
  scanner.next()
  const items: Value[] = []
  for (;;) {
    const { text, last } = scanner.until(',}', { escapes: true })
    if (last === undefined) throw new FunctionError("list must terminate with '}'")
    items.push(valueOf(text))
    if (last === ',') continue
    if (scanner.peek() === ',') scanner.next()
    return items
  }
}

/** Takes blanks and one comma; true when that was all there is of a value. */
function isEmpty(scanner: Scanner): boolean {
  for (;;) {
    const character = scanner.peek()
    if (character === undefined) return true
    if (character !== ',' && !/[\s\u0085]/u.test(character)) return false
    scanner.next()
    if (character === ',') return true
  }
}

function typed(text: string): Value {
  if (/^true$/iu.test(text)) return true
  if (/^false$/iu.test(text)) return false
  if (/^null$/iu.test(text)) return null
  if (text === '0') return new GoInt('int64', 0n)
  if (!/^[+-]?\d+$/.test(text) || text.startsWith('0')) return text
  const value = BigInt(text.replace(/^\+/, ''))
  return value === BigInt.asIntN(64, value) ? new GoInt('int64', value) : text
}
