import { FunctionError } from './function.ts'
import { TypedList } from './list.ts'
import { TypedMap } from './map.ts'
import type { Value, ValueMap } from './value.ts'

/** A nil `map[string]interface {}`: reads as an empty map, writing to it is what panics in Go. */
class NilMap extends Map<string, Value> {
  override set(): this {
    throw new FunctionError('assignment to entry in nil map')
  }
}

/** What a template function gets for a literal `nil` or no value where it takes a map. */
export const nilMap: ValueMap = new NilMap()

export const nilList: readonly Value[] = Object.freeze([])

export const nilBytes: Uint8Array = new Uint8Array(0)

/** True for no value, nil, and maps, lists and bytes that were never made. */
export function isNil(value: Value): boolean {
  if (value === undefined || value === null || value === nilMap || value === nilList) return true
  if (value instanceof TypedMap || value instanceof TypedList) return value.isNil
  return value === nilBytes
}
