import type { Value, ValueMap } from '@chartroom/go'
import { TypedMap } from '@chartroom/go'

/** What Helm calls a table: a `map[string]interface{}`, not a map of another type. */
export function isTable(value: Value): value is ValueMap {
  return value instanceof Map && (!(value instanceof TypedMap) || value.typeName === 'common.Values')
}

/** Maps and lists all new, so that nothing is shared with what was given. */
export function copyOf(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf)
  return value instanceof Map ? copyTable(value) : value
}

/** A deep copy of a table. */
export function copyTable(table: ValueMap): ValueMap {
  const copy: ValueMap = new Map()
  table.forEach((value, key) => copy.set(key, copyOf(value)))
  return copy
}

/** The table at a dotted path, or the first name on it that is none. */
export function tableAt(values: ValueMap, path: string): ValueMap | { readonly missing: string } {
  let table = values
  for (const name of path.split('.')) {
    const next = table.get(name)
    if (!isTable(next)) return { missing: name }
    table = next
  }
  return table
}

/** The value at a dotted path; undefined when there is none, or a table. */
export function valueAt(values: ValueMap, path: string): Value {
  const end = path.lastIndexOf('.')
  const table = end < 0 ? values : tableAt(values, path.slice(0, end))
  if (!(table instanceof Map)) return undefined
  const value = table.get(path.slice(end + 1))
  return isTable(value) ? undefined : value
}
