import { compareBytes } from '../bytes.ts'
import { formatExponent } from '../number.ts'
import { GoStruct } from './go-struct.ts'

export interface JsonOptions {
  /** One level of indentation, such as two blanks; without it there is no white space. */
  readonly indent?: string | undefined
}

/**
 * What Go's `encoding/json` writes: maps sorted by the bytes of their keys, {@link GoStruct} in declared
 * order, `<`, `>`, `&` and the two line separators escaped, numbers in Go's form.
 */
export function formatJson(value: unknown, options: JsonOptions = {}): string {
  return write(value, { indent: options.indent ?? '', newline: '\n' })
}

interface Layout {
  readonly indent: string
  readonly newline: string
}

function write(value: unknown, layout: Layout): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return formatNumber(value)
  const inner = { indent: layout.indent, newline: layout.newline + layout.indent }
  if (Array.isArray(value))
    return wrap(
      '[]',
      value.map((item) => write(item, inner)),
      layout,
    )
  const fields =
    value instanceof GoStruct ? value.fields : Object.entries(value).sort(([a], [b]) => compareBytes(a, b))
  const colon = layout.indent === '' ? ':' : ': '
  const parts = fields
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => `${quote(name)}${colon}${write(field, inner)}`)
  return wrap('{}', parts, layout)
}

function wrap(brackets: string, parts: readonly string[], { indent, newline }: Layout): string {
  const [open, close] = [brackets[0] ?? '', brackets[1] ?? '']
  if (parts.length === 0) return brackets
  if (indent === '') return `${open}${parts.join(',')}${close}`
  return `${open}${newline}${indent}${parts.join(`,${newline}${indent}`)}${newline}${close}`
}

function formatNumber(value: number): string {
  const magnitude = Math.abs(value)
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  if (magnitude < 1e21 && magnitude >= 1e-6) return String(value)
  return formatExponent(value).replace(/e-0(\d)$/, 'e-$1')
}

function quote(text: string): string {
  return JSON.stringify(wellFormed(text)).replace(/[<>&\u2028\u2029]/g, escape)
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

// Go replaces what is no UTF-8 by U+FFFD; in JavaScript that is a surrogate without its partner.
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
