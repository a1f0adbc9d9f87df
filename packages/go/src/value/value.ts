import type { GoFunction } from './function.ts'
import type { GoInt } from './int.ts'
import type { GoObject } from './object.ts'

/**
 * A value as Go's template engine sees it.
 *
 * - `undefined`: no value (a missing key); `null`: a nil interface
 * - `number`: float64; {@link GoInt}: every integer kind
 * - `string`: a Go string; a byte that is not UTF-8 stands as U+DC80 to U+DCFF (`byte-string.ts`)
 * - `Uint8Array`: `[]byte`; an array: `[]interface {}`, or a `TypedList`
 * - `Map`: `map[string]interface {}`, or a `TypedMap`
 * - `GoObject`: structs, pointers and named types with methods; `GoFunction`: a function value
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | GoInt
  | Uint8Array
  | Value[]
  | ValueMap
  | GoObject
  | GoFunction

export interface ValueMap extends Map<string, Value> {}
