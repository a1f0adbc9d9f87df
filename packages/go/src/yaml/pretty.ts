import { formatFloat } from '../fmt/float.ts'
import { rfc3339Nano } from '../time/layout.ts'
import { GoTime } from '../time/time.ts'
import { FunctionError } from '../value/function.ts'
import { GoInt } from '../value/int.ts'
import { isObject } from '../value/kind.ts'
import type { Value, ValueMap } from '../value/value.ts'
import { compareKeys } from './key-order.ts'
import { formatPrettyText } from './text.ts'

/** What an encoder of go-yaml v3 writes with two blanks: lists are indented below their key, nothing is folded. */
export function formatYamlPretty(value: Value): string {
  const simple = simpleOf(value)
  if (Array.isArray(simple) && simple.length > 0) return `${sequence(simple, 0)}\n`
  if (simple instanceof Map && simple.size > 0) return `${mapping(simple, 0)}\n`
  return `${scalar(simple, 2)}\n`
}

function mapping(map: ValueMap, indent: number): string {
  const pad = ' '.repeat(indent)
  return [...map]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([key, value]) => pad + pair(key, value, indent))
    .join('\n')
}

function pair(key: string, value: Value, indent: number): string {
  const isSimple = /^[\x20-\x7e]{1,128}$/.test(key) || isShortLine(key)
  const written = formatPrettyText(key, { column: indent, indent: indent + 2, simpleKey: isSimple })
  if (isSimple) return `${written}:${child(value, indent + 2)}`
  return `? ${written}\n${' '.repeat(indent)}: ${compact(value, indent + 2)}`
}

function isShortLine(key: string): boolean {
  return new TextEncoder().encode(key).length <= 128 && !/[\n\r\u0085\u2028\u2029]/.test(key)
}

function child(value: Value, indent: number): string {
  const simple = simpleOf(value)
  if (Array.isArray(simple) && simple.length > 0) return `\n${sequence(simple, indent)}`
  if (simple instanceof Map && simple.size > 0) return `\n${mapping(simple, indent)}`
  return ` ${scalar(simple, indent)}`
}

function sequence(items: readonly Value[], indent: number): string {
  const pad = ' '.repeat(indent)
  return items.map((item) => `${pad}- ${compact(item, indent + 2)}`).join('\n')
}

/** A collection that starts on the line of what stands before it, or a scalar. */
function compact(value: Value, indent: number): string {
  const simple = simpleOf(value)
  if (Array.isArray(simple) && simple.length > 0) return sequence(simple, indent).trimStart()
  if (simple instanceof Map && simple.size > 0) return mapping(simple, indent).slice(indent)
  return scalar(simple, indent)
}

function scalar(value: Value, indent: number): string {
  if (typeof value === 'string') return formatPrettyText(value, { column: 0, indent, simpleKey: false })
  if (typeof value === 'number') return float(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof GoInt) return String(value.value)
  if (value instanceof GoTime) return value.format(rfc3339Nano)
  if (value instanceof Map) return '{}'
  return Array.isArray(value) ? '[]' : 'null'
}

function float(value: number): string {
  if (Number.isFinite(value)) return formatFloat(value, 'g', -1)
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
}

// Without JSON in between, bytes are a list of numbers, and fields have their Go names in lower case.
function simpleOf(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return Array.from(value, (byte) => new GoInt('uint8', BigInt(byte)))
  if (value instanceof Map || Array.isArray(value) || value instanceof GoInt) return value
  if (value instanceof GoTime) return value
  if (!isObject(value)) throw new FunctionError('cannot marshal type: func()')
  if (value.text !== undefined) return value.text()
  return new Map([...value.fields].map(([name, field]) => [name.toLowerCase(), field]))
}
