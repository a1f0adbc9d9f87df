import { quote } from '../../fmt/quote.ts'
import type { YamlNode } from './node.ts'
import { scalarValue } from './tags.ts'

/** Go's `%#v` of what go-yaml makes of a node, for errors about keys. */
export function goSyntax(node: YamlNode): string {
  if (node.kind === 'alias') return node.target === undefined ? '' : goSyntax(node.target)
  if (node.kind === 'sequence') return `[]interface {}{${node.children.map(goSyntax).join(', ')}}`
  if (node.kind === 'scalar') return scalarSyntax(scalarValue(node, false))
  const entries = node.children
    .flatMap((key, index) => (index % 2 === 0 ? [[key, node.children[index + 1] ?? key] as const] : []))
    .map(([key, value]): [string, string] => [goSyntax(key), goSyntax(value)])
  // Of equal keys the last counts.
  const sorted = [...new Map(entries)].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return `map[interface {}]interface {}{${sorted.map(([key, value]) => `${key}:${value}`).join(', ')}}`
}

function scalarSyntax(value: null | boolean | number | bigint | string): string {
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'bigint' && value >= 2n ** 63n) return `0x${value.toString(16)}`
  return String(value)
    .replace(/^Infinity/, '+Inf')
    .replace('-Infinity', '-Inf')
}

/** Go sorts keys of several types by type first. */
function rank(key: string): number {
  if (key === 'interface {}(nil)') return 0
  return key.startsWith('"') ? 1 : 2
}
