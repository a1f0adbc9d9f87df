import { formatExponent } from '../number.ts'
import { compareKeys } from './key-order.ts'
import { formatText } from './text.ts'
import type { YamlMap, YamlValue } from './value.ts'

/** What sigs.k8s.io/yaml's Marshal writes: keys sorted, two blanks, sequences not indented below their key. */
export function formatYaml(value: YamlValue): string {
  if (Array.isArray(value) && value.length > 0) return `${sequence(value, 0)}\n`
  if (isMap(value) && keysOf(value).length > 0) return `${mapping(value, 0)}\n`
  return `${flat(value, { column: 0, indent: 2, simpleKey: false })}\n`
}

function mapping(map: YamlMap, indent: number): string {
  const pad = ' '.repeat(indent)
  return keysOf(map)
    .map((key) => pad + pair(key, map[key] ?? null, indent))
    .join('\n')
}

function pair(key: string, value: YamlValue, indent: number): string {
  if (isSimpleKey(key)) {
    const written = formatText(key, { column: indent, indent, simpleKey: true })
    return `${written}:${child(value, { column: indent + Array.from(written).length + 1, indent })}`
  }
  const written = formatText(key, { column: indent + 2, indent: indent + 2, simpleKey: false })
  return `? ${written}\n${' '.repeat(indent)}: ${compact(value, indent + 2)}`
}

// go-yaml puts a longer key, or one of several lines, behind a question mark.
function isSimpleKey(key: string): boolean {
  if (/^[\x20-\x7e]{1,128}$/.test(key)) return true
  return new TextEncoder().encode(key).length <= 128 && !/[\n\r\u0085\u2028\u2029]/.test(key)
}

/** A collection that starts on the line of what stands before it, or a scalar. */
function compact(value: YamlValue, indent: number): string {
  if (Array.isArray(value) && value.length > 0) return sequence(value, indent).trimStart()
  if (isMap(value) && keysOf(value).length > 0) return mapping(value, indent).slice(indent)
  return flat(value, { column: indent, indent, simpleKey: false })
}

function child(value: YamlValue, { column, indent }: { column: number; indent: number }): string {
  if (Array.isArray(value) && value.length > 0) return `\n${sequence(value, indent)}`
  if (isMap(value) && keysOf(value).length > 0) return `\n${mapping(value, indent + 2)}`
  return ` ${flat(value, { column: column + 1, indent: indent + 2, simpleKey: false })}`
}

function sequence(items: readonly YamlValue[], indent: number): string {
  const pad = ' '.repeat(indent)
  return items.map((item) => `${pad}- ${compact(item, indent + 2)}`).join('\n')
}

function flat(value: YamlValue, position: Parameters<typeof formatText>[1]): string {
  if (typeof value === 'string') return formatText(value, position)
  if (typeof value === 'number') return formatNumber(value)
  if (Array.isArray(value)) return '[]'
  return value !== null && typeof value === 'object' ? '{}' : String(value)
}

// Through JSON, whose digits are read as an integer again where one of 64 bits holds them.
function formatNumber(value: number): string {
  const digits = String(value)
  if (/^-?\d+$/.test(digits) && BigInt.asUintN(64, BigInt(digits)) === BigInt(digits)) return digits
  if (/^-\d+$/.test(digits) && BigInt.asIntN(64, BigInt(digits)) === BigInt(digits)) return digits
  const magnitude = Math.abs(value)
  return magnitude < 1e-4 || magnitude >= 1e6 ? formatExponent(value) : digits
}

function keysOf(map: YamlMap): string[] {
  return Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort(compareKeys)
}

function isMap(value: YamlValue): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
