import type { GoObject, Value, ValueMap } from '@chartroom/go'
import { GoInt, isNil, isObject, typeOf } from '@chartroom/go'
import { VersionObject } from './version-object.ts'
import { Walk } from './walk.ts'

/** Go's `reflect.DeepEqual`: equal types and equal contents; 1 and 1.0 differ, and so do a nil and an empty list. */
export function isDeepEqual(a: Value, b: Value): boolean {
  return isEqual(a, b, new Walk())
}

function isEqual(a: Value, b: Value, walk: Walk): boolean {
  if (a === undefined || a === null) return b === undefined || b === null
  if (b === undefined || b === null || typeof a !== typeof b) return false
  if (typeof a !== 'object') return a === b
  if (typeof b !== 'object') return false
  if (a === b) return !('call' in a)
  if (a instanceof GoInt) return b instanceof GoInt && a.kind === b.kind && a.value === b.value
  if (typeOf(a) !== typeOf(b)) return false
  walk.enter()
  const areEqual = haveEqualContents(a, b, walk)
  walk.leave()
  return areEqual
}

function haveEqualContents(a: Value & object, b: Value & object, walk: Walk): boolean {
  if (a instanceof Map) return b instanceof Map && areEqualMaps(a, b, walk)
  if (a instanceof Uint8Array) return b instanceof Uint8Array && areEqualLists([...a], [...b], walk)
  if (Array.isArray(a)) return Array.isArray(b) && isNil(a) === isNil(b) && areEqualLists(a, b, walk)
  return isObject(a) && isObject(b) && areEqualObjects(a, b, walk)
}

function areEqualLists(a: readonly Value[], b: readonly Value[], walk: Walk): boolean {
  return a.length === b.length && a.every((value, index) => isEqual(value, b[index], walk))
}

function areEqualMaps(a: ValueMap, b: ValueMap, walk: Walk): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    if (!b.has(key) || !isEqual(value, b.get(key), walk)) return false
  }
  return true
}

// What a struct hides shows in its text, if at all; a version also keeps the text it was read from.
function areEqualObjects(a: GoObject, b: GoObject, walk: Walk): boolean {
  if (a instanceof VersionObject && b instanceof VersionObject) return a.equals(b)
  return (
    areEqualMaps(new Map(a.fields), new Map(b.fields), walk) &&
    a.text?.() === b.text?.() &&
    a.integer === b.integer
  )
}
