import type { Value, ValueMap } from '@chartroom/go'
import { FunctionError, quote } from '@chartroom/go'
import { limits } from '../../limits.ts'
import { isTable } from '../table.ts'
import { Scanner } from './scanner.ts'
import { asList, listUnder, parseIndex, setKey, tableUnder, withIndex } from './target.ts'

/** What reads the value behind a key. */
export interface ValueReader {
  /** Characters that end a key, besides `=`, `[` and `.`. */
  readonly separator: '' | ','
  readonly escapes: boolean
  /** Reads the value that follows; the separator behind it is taken too. */
  read(scanner: Scanner): ReadValue
}

export interface ReadValue {
  readonly value: Value
  /** The line ended with this value. */
  readonly isLast: boolean
}

const nested = 'value name nested level is greater than maximum supported nested level of'

/**
 * Reads a line of `--set` and puts what it says into a table: `a.b=1,list[0].x=2`. Throws `FunctionError` in
 * Helm's words.
 */
export function parseSetLine(text: string, table: ValueMap, reader: ValueReader): void {
  const parser = new KeyParser(text, reader)
  while (!parser.key(table, 0));
}

/** Each method answers whether the line has ended. */
class KeyParser {
  readonly #scanner: Scanner
  readonly #reader: ValueReader

  constructor(text: string, reader: ValueReader) {
    this.#scanner = new Scanner(text)
    this.#reader = reader
  }

  key(table: ValueMap, level: number): boolean {
    const { text, last } = this.#until(`=[.${this.#reader.separator}`)
    switch (last) {
      case undefined:
        if (text === '') return true
        throw new FunctionError(`key ${quote(text)} has no value`)
      case '[':
        return this.#indexed(table, text, level)
      case '.':
        return this.#below(table, text, level + 1)
      case '=': {
        const { value, isLast } = this.#reader.read(this.#scanner)
        setKey(table, text, value)
        return isLast
      }
      default:
        throw new FunctionError(`key ${quote(text)} has no value (cannot end with ,)`)
    }
  }

  #below(table: ValueMap, key: string, level: number): boolean {
    if (level > limits.setNesting) throw new FunctionError(`${nested} ${limits.setNesting}`)
    const inner = tableUnder(table, key)
    const ended = this.key(inner, level)
    if (!ended && inner.size === 0) throw new FunctionError(`key map ${quote(key)} has no value`)
    if (inner.size > 0) setKey(table, key, inner)
    return ended
  }

  #indexed(table: ValueMap, key: string, level: number): boolean {
    const index = this.#index()
    if (index === undefined) return true
    const { list, ended } = this.#item(listUnder(table, key), index, level)
    setKey(table, key, list)
    return ended
  }

  /** Undefined when the line ends inside the brackets. */
  #index(): number | undefined {
    const { text, last } = this.#until(']')
    return last === undefined ? undefined : parseIndex(text)
  }

  #item(list: Value[], index: number, level: number): { list: Value[]; ended: boolean } {
    const { text, last } = this.#until('[.=')
    if (text !== '') throw new FunctionError(`unexpected data at end of array index: ${runes(text)}`)
    if (last === undefined) return { list, ended: true }
    if (last === '[') return this.#innerList(list, index, level)
    if (last === '=') {
      const { value } = this.#reader.read(this.#scanner)
      return { list: withIndex(list, index, value), ended: false }
    }
    const found = list[index]
    const inner: ValueMap = isTable(found) ? found : new Map()
    // Helm has the empty table in the list before it knows whether the rest can be read.
    if (index < list.length) list[index] = inner
    if (this.key(inner, level)) return { list, ended: true }
    return { list: withIndex(list, index, inner), ended: false }
  }

  #innerList(list: Value[], index: number, level: number): { list: Value[]; ended: boolean } {
    const next = this.#index()
    if (next === undefined) return { list, ended: true }
    const found = list[index]
    const inner = this.#item(found === null || found === undefined ? [] : asList(found), next, level)
    return inner.ended ? { list, ended: true } : { list: withIndex(list, index, inner.list), ended: false }
  }

  #until(stop: string): ReturnType<Scanner['until']> {
    return this.#scanner.until(stop, { escapes: this.#reader.escapes })
  }
}

/** Go's `%q` of a list of characters. */
function runes(text: string): string {
  const quoted = Array.from(text, (one) =>
    one === "'" ? "'\\''" : one === '"' ? `'"'` : `'${quote(one).slice(1, -1)}'`,
  )
  return `[${quoted.join(' ')}]`
}
