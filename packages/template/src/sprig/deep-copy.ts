import type { Value, ValueMap } from '@chartroom/go'
import { FunctionError, TypedList, TypedMap } from '@chartroom/go'
import { VersionObject } from './version-object.ts'
import { Walk } from './walk.ts'

/** copystructure's `Copy`: new maps and lists all the way down. */
export function deepCopy(value: Value): Value {
  if (value === undefined || value === null) {
    throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  }
  return copy(value, new Walk())
}

function copy(value: Value, walk: Walk): Value {
  if (value instanceof Uint8Array) return value.slice()
  // Go copies no hidden fields, and a version has no others.
  if (value instanceof VersionObject) return value.blank()
  if (!(value instanceof Map) && !Array.isArray(value)) return value
  walk.enter()
  const copied = value instanceof Map ? copyMap(value, walk) : copyList(value, walk)
  walk.leave()
  return copied
}

// Loops, for a callback takes room of its own on the stack at each level.

function copyMap(map: ValueMap, walk: Walk): ValueMap {
  const copied: ValueMap =
    map instanceof TypedMap ? new TypedMap<Value>(map.valueType, [], map.typeName) : new Map()
  for (const [key, value] of map) copied.set(key, copy(value, walk))
  return copied
}

function copyList(list: readonly Value[], walk: Walk): Value[] {
  const copied: Value[] =
    list instanceof TypedList ? new TypedList<Value>(list.elementType, [], list.isNil) : []
  for (const element of list) copied.push(copy(element, walk))
  return copied
}
