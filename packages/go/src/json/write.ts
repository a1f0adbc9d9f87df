import { compareBytes } from '../bytes.ts'
import { formatExponent } from '../number.ts'
import { base64 } from '../value/base64.ts'
import { FunctionError } from '../value/function.ts'
import { GoInt } from '../value/int.ts'
import { isNil } from '../value/nil.ts'
import type { GoObject } from '../value/object.ts'
import type { Value } from '../value/value.ts'
import { GoStruct } from './go-struct.ts'

export interface JsonOptions {
  /** One level of indentation, such as two blanks; without it there is no white space. */
  readonly indent?: string | undefined
  /** False leaves `<`, `>` and `&` as they are, as an encoder does after `SetEscapeHTML(false)`. */
  readonly escapeHtml?: boolean | undefined
}

/**
 * What Go's `encoding/json` writes: maps sorted by the bytes of their keys, {@link GoStruct} in declared
 * order, `<`, `>`, `&` and the two line separators escaped, numbers in Go's form. Takes plain objects and the
 * values of templates. Throws `FunctionError` in Go's words for what JSON cannot say.
 */
export function formatJson(value: unknown, options: JsonOptions = {}): string {
  return write(value, {
    indent: options.indent ?? '',
    newline: '\n',
    escaped: options.escapeHtml === false ? separators : markup,
  })
}

const markup = /[<>&\u2028\u2029]/g
const separators = /[\u2028\u2029]/g

interface Layout {
  readonly indent: string
  readonly newline: string
  readonly escaped: RegExp
}

function write(value: unknown, layout: Layout): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return quote(value, layout.escaped)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return formatNumber(value)
  if (value instanceof GoInt) return String(value.value)
  if (value instanceof Uint8Array) return `"${base64(value)}"`
  const inner = { ...layout, newline: layout.newline + layout.indent }
  if (isNil(value as Value)) return 'null'
  if (Array.isArray(value))
    return wrap(
      '[]',
      value.map((item) => write(item, inner)),
      layout,
    )
  if (isGoObject(value)) return writeObject(value, layout)
  const colon = layout.indent === '' ? ':' : ': '
  const parts = fieldsOf(value).map(
    ([name, field]) => `${quote(name, layout.escaped)}${colon}${write(field, inner)}`,
  )
  return wrap('{}', parts, layout)
}

function writeObject(object: GoObject, layout: Layout): string {
  if (object.json !== undefined) return write(object.json(), layout)
  return write(object.integer ?? new GoStruct([...object.fields]), layout)
}

// In a Go map nothing is left out; a field that is undefined is one that `omitempty` drops.
function fieldsOf(value: object): readonly (readonly [string, unknown])[] {
  if (value instanceof Map) return sorted([...(value as Map<string, unknown>)])
  if (value instanceof GoStruct) return value.fields.filter(([, field]) => field !== undefined)
  if (typeof (value as { call?: unknown }).call === 'function')
    throw new FunctionError('json: unsupported type: func()')
  return sorted(Object.entries(value).filter(([, field]) => field !== undefined))
}

function sorted(fields: [string, unknown][]): [string, unknown][] {
  return fields.sort(([a], [b]) => compareBytes(a, b))
}

function isGoObject(value: unknown): value is GoObject {
  return typeof value === 'object' && value !== null && 'fields' in value && value.fields instanceof Map
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
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
    throw new FunctionError(`json: unsupported value: ${name}`)
  }
  return formatExponent(value).replace(/e-0(\d)$/, 'e-$1')
}

// Go writes \ufffd for what is no UTF-8; in JavaScript that is a surrogate without its partner.
function quote(text: string, escaped: RegExp): string {
  const written = surrogate.test(text)
    ? `"${text
        .split(loneSurrogate)
        .map((part) => JSON.stringify(part).slice(1, -1))
        .join('\\ufffd')}"`
    : JSON.stringify(text)
  return written.replace(escaped, escape)
}

const surrogate = /[\ud800-\udfff]/

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
