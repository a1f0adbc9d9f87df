import type { Value } from '@chartroom/go'
import { bytesString, formatValue, FunctionError, GoInt, isObject, kindOf, TypedList } from '@chartroom/go'

/** Sprig's `strval`: text and bytes as they are, an error or `Stringer` in its own words, the rest as `%v`. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? bytesString(value) : formatValue(value ?? null)
}

/** Sprig's `empty`: nil, false, zero, and what has no elements. */
export function isEmpty(value: Value): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value === ''
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value === 0
  if (value instanceof GoInt) return value.value === 0n
  if (value instanceof Map) return value.size === 0
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0
  // A struct is never empty, nor is a pointer to one; a named integer is when it is zero.
  return isObject(value) && value.integer === 0n
}

/** The elements of a slice of any type; undefined for what is no slice. */
export function elementsOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  if (value instanceof Uint8Array) return Array.from(value, (byte) => new GoInt('uint8', BigInt(byte)))
  return undefined
}

/** The elements of a slice, or the error of Sprig's list functions: `Cannot push on type map`. */
export function sliceOf(value: Value, complaint: string): readonly Value[] {
  return elementsOf(value) ?? notSlice(value, complaint)
}

function notSlice(value: Value, complaint: string): never {
  if (value === undefined || value === null) throw new FunctionError(nilPointer)
  throw new FunctionError(`${complaint} ${kindOf(value)}`)
}

/** What the Go runtime says when a method of a nil type is called. */
export const nilPointer = 'runtime error: invalid memory address or nil pointer dereference'

/** A `[]string`. */
export function stringList(texts: readonly string[]): TypedList<string> {
  return new TypedList('string', texts)
}

/** A nil slice: it prints as an empty one, and is `null` in JSON. */
export function nilSlice(elementType: string): TypedList {
  return new TypedList<Value>(elementType, [], true)
}

/** Sprig's `strslice`: the texts of a list without its nils; of a single value, that value's. */
export function textsOf(value: Value): string[] {
  if (value === undefined || value === null) return []
  const elements = elementsOf(value)
  if (elements === undefined) return [textOf(value)]
  return elements.filter((element) => element !== null && element !== undefined).map(textOf)
}
