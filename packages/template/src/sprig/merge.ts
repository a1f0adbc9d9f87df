import type { Value, ValueMap } from '@chartroom/go'
import { FunctionError, kindOf, TypedMap, typeOf } from '@chartroom/go'
import { isEmpty } from './values.ts'
import { Walk } from './walk.ts'

/** What mergo returns as its error; `merge` and `mergeOverwrite` hide it. */
export class MergeError extends FunctionError {}

/**
 * mergo 1.0.1's `Merge` of maps, in place. Without `overwrite` a value of the destination stays unless it is empty;
 * with it every value of the source wins, an empty one too, except that maps are merged. Maps and lists of the
 * source are shared with it, not copied.
 */
export function mergeMaps(destination: ValueMap, source: ValueMap, overwrite: boolean): void {
  mergeInto(destination, source, { overwrite, walk: new Walk() })
}

interface Merging {
  readonly overwrite: boolean
  readonly walk: Walk
}

function mergeInto(destination: ValueMap, source: ValueMap, merging: Merging): void {
  merging.walk.enter()
  const type = elementTypeOf(source)
  // Go walks over the keys it found first, so a map can be merged into itself.
  for (const key of [...source.keys()]) {
    const value = source.get(key)
    if (value === undefined || value === null) {
      if (merging.overwrite) put(destination, type, [key, null])
    } else {
      mergeEntry(destination, { type, key, value }, merging)
    }
  }
  merging.walk.leave()
}

interface Entry {
  /** The type of the values of its map. */
  readonly type: string
  readonly key: string
  readonly value: Value
}

function mergeEntry(destination: ValueMap, { type, key, value }: Entry, merging: Merging): void {
  const present = destination.get(key)
  if (value instanceof Map) {
    if (present instanceof Map) {
      mergeInto(present, value, merging)
      if (!isEmpty(present)) return
    } else if (kindOf(present) === 'ptr' && !merging.overwrite) {
      throw new MergeError('src and dst must be of same type')
    }
  } else if (kindOf(value) === 'slice') {
    checkSlice(destination, key, value)
  }
  if (merging.overwrite || isEmpty(present)) put(destination, type, [key, value])
}

/** mergo looks at what a list replaces as an interface, and stores the list by its own type. */
function checkSlice(destination: ValueMap, key: string, value: Value): void {
  const type = elementTypeOf(destination)
  if (type === anyType) return
  if (destination.has(key)) throw new FunctionError(`reflect: call of reflect.Value.IsNil on ${type} Value`)
  throw notAssignable(typeOf(value), type)
}

const anyType = 'interface {}'

function elementTypeOf(map: ValueMap): string {
  return map instanceof TypedMap ? map.valueType : anyType
}

function put(destination: ValueMap, type: string, [key, value]: readonly [string, Value]): void {
  const wanted = elementTypeOf(destination)
  if (wanted !== anyType && wanted !== type) throw notAssignable(type, wanted)
  destination.set(key, value)
}

function notAssignable(type: string, wanted: string): FunctionError {
  return new FunctionError(
    `reflect.Value.SetMapIndex: value of type ${type} is not assignable to type ${wanted}`,
  )
}
