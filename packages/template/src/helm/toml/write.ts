import type { Value } from '@chartroom/go'
import { compareBytes, formatFloat, FunctionError, GoInt, GoTime, isObject, kindOf } from '@chartroom/go'
import { formatDate } from './date.ts'
import { quoteKey, quoteText } from './text.ts'

/**
 * What BurntSushi/toml writes of a value: keys sorted, plain ones before tables, tables indented by their
 * depth, maps inside lists inline. Throws `FunctionError` in its words.
 */
export function formatToml(value: Value): string {
  if (value === undefined || value === null) {
    throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  }
  const writer = new TomlWriter()
  writer.encode([], value)
  return writer.text
}

type Key = readonly string[]

class TomlWriter {
  text = ''

  encode(key: Key, value: Value): void {
    const table = asTable(value)
    if (table !== undefined) this.#table(key, table)
    else if (Array.isArray(value) && isTableList(value)) this.#tables(key, value)
    else if (!isNil(value)) this.#pair(key, value)
  }

  #table(key: Key, table: ReadonlyMap<string, Value>): void {
    if (key.length === 1) this.#newline()
    if (key.length > 0) {
      this.text += `${indent(key)}[${path(key)}]`
      this.#newline()
    }
    this.#entries(key, table)
  }

  #tables(key: Key, list: readonly Value[]): void {
    if (key.length === 0) throw new FunctionError('toml: top-level values must be Go maps or structs')
    for (const item of list) {
      this.#newline()
      this.text += `${indent(key)}[[${path(key)}]]`
      this.#newline()
      this.#entries(key, asTable(item) ?? new Map())
    }
  }

  #entries(key: Key, table: ReadonlyMap<string, Value>): void {
    const { direct, nested } = sorted(table)
    for (const [name, value] of [...direct, ...nested]) if (!isNil(value)) this.encode([...key, name], value)
  }

  #pair(key: Key, value: Value): void {
    if (key.length > 0) this.text += `${indent(key)}${quoteKey(key.at(-1) ?? '')} = `
    this.text += element(value)
    if (key.length > 0) this.#newline()
  }

  #newline(): void {
    if (this.text !== '') this.text += '\n'
  }
}

function element(value: Value): string {
  if (typeof value === 'string') return quoteText(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return float(value)
  if (value instanceof GoInt) return String(value.value)
  if (value instanceof GoTime) return formatDate(value)
  if (value instanceof Uint8Array) return `[${[...value].join(', ')}]`
  if (Array.isArray(value)) return `[${value.map(element).join(', ')}]`
  const table = asTable(value)
  if (table !== undefined) return inline(table)
  if (typeof value === 'object' && value !== null && isObject(value) && value.text !== undefined) {
    return quoteText(value.text())
  }
  throw new FunctionError(`unsupported type: ${kindOf(value)}`)
}

/** Go's `g`, with a decimal at least. */
function float(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const text = formatFloat(value, 'g', -1)
  return /[.e]/.test(text) ? text : `${text}.0`
}

// A comma stands where Go writes one: it does not know which of the keys that follow are nil.
function inline(table: ReadonlyMap<string, Value>): string {
  const { direct, nested } = sorted(table)
  const part = (entries: readonly [string, Value][], more: boolean): string =>
    entries
      .map(([name, value], index) => {
        if (isNil(value)) return ''
        return `${quoteKey(name)} = ${element(value)}${more || index < entries.length - 1 ? ', ' : ''}`
      })
      .join('')
  return `{${part(direct, nested.length > 0)}${part(nested, false)}}`
}

function sorted(table: ReadonlyMap<string, Value>): {
  direct: [string, Value][]
  nested: [string, Value][]
} {
  const entries = [...table].sort(([a], [b]) => compareBytes(a, b))
  const isNested = ([, value]: readonly [string, Value]): boolean =>
    asTable(value) !== undefined || (Array.isArray(value) && isTableList(value))
  const nested = entries.filter(isNested)
  return { direct: entries.filter((entry) => !nested.includes(entry)), nested }
}

/** True for a list of nothing but tables. Throws for a list that has a nil in it, at any depth of lists. */
function isTableList(list: readonly Value[]): boolean {
  let all = list.length > 0
  for (const item of list) {
    if (isNil(item)) throw new FunctionError('toml: cannot encode array with nil element')
    if (Array.isArray(item)) isTableList(item)
    if (asTable(item) === undefined) all = false
  }
  return all
}

function asTable(value: Value): ReadonlyMap<string, Value> | undefined {
  if (value instanceof Map) return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return isObject(value) && value.text === undefined ? value.fields : undefined
}

function isNil(value: Value): boolean {
  return value === undefined || value === null
}

function indent(key: Key): string {
  return '  '.repeat(key.length - 1)
}

function path(key: Key): string {
  return key.map(quoteKey).join('.')
}
