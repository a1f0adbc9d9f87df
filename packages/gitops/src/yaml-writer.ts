import type { Value } from '@chartroom/go'
import { compareYamlKeys, formatYaml } from '@chartroom/go'
import { yamlText } from './yaml-text.ts'

/**
 * A value as a YAML document that each reader of YAML 1.1 and 1.2 takes for the same data. `formatYaml` of
 * `@chartroom/go` writes what Go writes, and Go's way through JSON loses control characters and line separators.
 * Plain objects keep their order, maps are sorted.
 */
export function writeYaml(value: unknown): string {
  const entries = entriesOf(value)
  if (entries !== undefined && entries.length > 0) return `${mapping(entries, '')}\n`
  if (Array.isArray(value) && value.length > 0) return `${sequence(value, '')}\n`
  return `${scalar(value, '  ')}\n`
}

type Entry = readonly [string, unknown]

function mapping(entries: readonly Entry[], pad: string): string {
  return entries.map(([key, value]) => `${pad}${yamlText(key)}:${child(value, pad)}`).join('\n')
}

function sequence(items: readonly unknown[], pad: string): string {
  return items.map((item) => `${pad}- ${compact(item, `${pad}  `)}`).join('\n')
}

/** What stands behind the colon of a key. */
function child(value: unknown, pad: string): string {
  if (Array.isArray(value) && value.length > 0) return `\n${sequence(value, pad)}`
  const entries = entriesOf(value)
  if (entries !== undefined && entries.length > 0) return `\n${mapping(entries, `${pad}  `)}`
  return ` ${scalar(value, `${pad}  `)}`
}

/** What stands behind the hyphen of an item: a collection begins on its line. */
function compact(value: unknown, pad: string): string {
  if (Array.isArray(value) && value.length > 0) return sequence(value, pad).slice(pad.length)
  const entries = entriesOf(value)
  if (entries !== undefined && entries.length > 0) return mapping(entries, pad).slice(pad.length)
  return scalar(value, pad)
}

function scalar(value: unknown, pad: string): string {
  if (typeof value === 'string') return yamlText(value, pad)
  if (Array.isArray(value)) return '[]'
  if (entriesOf(value) !== undefined) return '{}'
  return formatYaml(value as Value).trimEnd()
}

/** The entries of a map or a plain object without those that are undefined; undefined for anything else. */
function entriesOf(value: unknown): readonly Entry[] | undefined {
  if (value instanceof Map)
    return [...(value as Map<string, unknown>)].sort(([a], [b]) => compareYamlKeys(a, b))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return undefined
  return Object.entries(value).filter(([, item]) => item !== undefined)
}
