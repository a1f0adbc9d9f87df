import { GoStruct } from '../json/go-struct.ts'
import { formatExponent } from '../number.ts'
import { formatJson } from '../json/write.ts'
import { base64 } from '../value/base64.ts'
import { FunctionError } from '../value/function.ts'
import { GoInt } from '../value/int.ts'
import { isNil } from '../value/nil.ts'
import type { GoObject } from '../value/object.ts'
import type { Value, ValueMap } from '../value/value.ts'
import { compareKeys } from './key-order.ts'
import { formatText, isPlainest } from './text.ts'
import type { YamlValue } from './value.ts'

/** Plain objects as `parseYaml` gives them, or values of templates. */
type Writable = YamlValue | Value

/**
 * What sigs.k8s.io/yaml's Marshal writes: keys sorted, two blanks, sequences not indented below their key.
 * Throws `FunctionError` in Go's words for what JSON cannot say.
 */
export function formatYaml(given: YamlValue | Value): string {
  const value = simple(given)
  if (isList(value) && value.length > 0) return `${sequence(value, 0)}\n`
  const map = mapOf(value)
  if (map !== undefined && map.size > 0) return `${mapping(map, 0)}\n`
  return `${flat(value, { column: 0, indent: 2, simpleKey: false })}\n`
}

function mapping(map: ReadonlyMap<string, Writable>, indent: number): string {
  const pad = ' '.repeat(indent)
  const keys = Array.from(map.keys())
  // go-yaml's order.
  if (keys.length > 1) keys.sort(compareKeys)
  let text = ''
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string
    text += `${index === 0 ? '' : '\n'}${pad}${pair(key, map.get(key), indent)}`
  }
  return text
}

function pair(key: string, value: Writable, indent: number): string {
  if (key.length <= 128 && isPlainest(key)) {
    return `${key}:${child(value, { column: indent + key.length + 1, indent })}`
  }
  checkKey(key)
  if (isSimpleKey(key)) {
    const written = formatText(key, { column: indent, indent, simpleKey: true })
    return `${written}:${child(value, { column: indent + Array.from(written).length + 1, indent })}`
  }
  const written = formatText(key, { column: indent + 2, indent: indent + 2, simpleKey: false })
  return `? ${written}\n${' '.repeat(indent)}: ${compact(value, indent + 2)}`
}

/** On the way through JSON a key has to be read as YAML again: on one line, within 1024 characters. */
function checkKey(key: string): void {
  const isLong = key.length > 170 && Array.from(formatJson(key)).length > 1024
  if (!isLong && !key.includes('\u0085')) return
  throw new FunctionError(`yaml: ${isLong ? '' : 'line 1: '}did not find expected ',' or '}'`)
}

// go-yaml puts a longer key, or one of several lines, behind a question mark.
function isSimpleKey(key: string): boolean {
  if (/^[\x20-\x7e]{1,128}$/.test(key)) return true
  return new TextEncoder().encode(key).length <= 128 && !/[\n\r\u0085\u2028\u2029]/.test(key)
}

/** A collection that starts on the line of what stands before it, or a scalar. */
function compact(given: Writable, indent: number): string {
  const value = simple(given)
  if (isList(value) && value.length > 0) return sequence(value, indent).trimStart()
  const map = mapOf(value)
  if (map !== undefined && map.size > 0) return mapping(map, indent).slice(indent)
  return flat(value, { column: indent, indent, simpleKey: false })
}

function child(given: Writable, { column, indent }: { column: number; indent: number }): string {
  const value = simple(given)
  if (isList(value) && value.length > 0) return `\n${sequence(value, indent)}`
  const map = mapOf(value)
  if (map !== undefined && map.size > 0) return `\n${mapping(map, indent + 2)}`
  return ` ${flat(value, { column: column + 1, indent: indent + 2, simpleKey: false })}`
}

function sequence(items: readonly Writable[], indent: number): string {
  const pad = ' '.repeat(indent)
  let text = ''
  for (const item of items) text += `${text === '' ? '' : '\n'}${pad}- ${compact(item, indent + 2)}`
  return text
}

function flat(value: Writable, position: Parameters<typeof formatText>[1]): string {
  if (typeof value === 'string') return formatText(value, position)
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'boolean') return String(value)
  if (value === null || value === undefined) return 'null'
  if (value instanceof GoInt) return String(value.value)
  return Array.isArray(value) ? '[]' : '{}'
}

// Through JSON, whose digits are read as an integer again where one of 64 bits holds them.
function formatNumber(value: number): string {
  const digits = Object.is(value, -0) ? '-0' : String(value)
  if (digits.length < 16 && /^-?\d+$/.test(digits)) return digits === '-0' ? '0' : digits
  if (!Number.isFinite(value)) throw new FunctionError(`json: unsupported value: ${infinite(value)}`)
  if (/^-?\d+$/.test(digits) && BigInt.asUintN(64, BigInt(digits)) === BigInt(digits)) return digits
  if (/^-\d+$/.test(digits) && BigInt.asIntN(64, BigInt(digits)) === BigInt(digits)) return digits
  const magnitude = Math.abs(value)
  return magnitude < 1e-4 || magnitude >= 1e6 ? formatExponent(value) : digits
}

function infinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}

/** Bytes and structs as JSON has them, which is what go-yaml gets to see. */
function simple(value: Writable): Writable {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return base64(value)
  if (isNil(value as Value)) return null
  if (value instanceof GoStruct) return new Map(value.fields) as ValueMap
  if (!isGoObject(value)) return value
  if (value.json !== undefined) return simple(value.json() as Writable)
  return value.integer === undefined ? (value.fields as ValueMap) : new GoInt('int64', value.integer)
}

function isGoObject(value: object): value is GoObject {
  return 'goType' in value && 'fields' in value && value.fields instanceof Map
}

function isList(value: Writable): value is YamlValue[] | Value[] {
  return Array.isArray(value)
}

/** Undefined for what is no map. */
function mapOf(value: Writable): ReadonlyMap<string, Writable> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  if (value instanceof Map) return value
  if (value instanceof GoInt || value instanceof Uint8Array) return undefined
  if (typeof (value as { call?: unknown }).call === 'function')
    throw new FunctionError('json: unsupported type: func()')
  return new Map(Object.entries(value).filter(([, one]) => one !== undefined))
}
