import type { YamlValue } from '../yaml/value.ts'
import type { Value, ValueMap } from './value.ts'

/** What has been read from YAML or JSON as a template sees it: maps become `Map`, numbers stay float64. */
export function toValue(read: YamlValue): Value {
  if (typeof read !== 'object' || read === null) return read
  if (Array.isArray(read)) return read.map(toValue)
  const map: ValueMap = new Map()
  for (const key in read) map.set(key, toValue(read[key] ?? null))
  return map
}
