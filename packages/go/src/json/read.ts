import { FunctionError } from '../value/function.ts'
import { TypedList } from '../value/list.ts'
import { nilMap } from '../value/nil.ts'
import type { Value, ValueMap } from '../value/value.ts'
import { limits } from './limits.ts'
import { JsonRangeError, JsonReader } from './reader.ts'

/**
 * Reads JSON as Go's `json.Unmarshal` does into an `interface{}`: numbers are float64, of equal keys the last
 * counts, half a surrogate pair becomes U+FFFD. Throws `FunctionError` in Go's words.
 */
export function parseJson(text: string): Value {
  if (hasHalfPair.test(text)) return new JsonReader(text).whole()
  try {
    return fromParsed(JSON.parse(text))
  } catch (error) {
    if (!(error instanceof SyntaxError || error === notUsual)) throw error
    return new JsonReader(text).whole()
  }
}

/** The value that a text begins with and the offset behind it, as Go's `Decoder.Decode` reads one. */
export function parseJsonPrefix(text: string): { value: Value; end: number } {
  return new JsonReader(text).first()
}

/** As {@link parseJson} into a `map[string]interface{}`, which null makes nil. */
export function parseJsonMap(text: string): ValueMap {
  return read(text, asMap)
}

function asMap(value: Value): ValueMap {
  if (value === null) return nilMap
  if (value instanceof Map) return value
  throw new FunctionError(
    `json: cannot unmarshal ${jsonKind(value)} into Go value of type map[string]interface {}`,
  )
}

/** As {@link parseJson} into a `[]interface{}`, which null makes nil. */
export function parseJsonList(text: string): Value[] {
  return read(text, asList)
}

function asList(value: Value): Value[] {
  if (value === null) return new TypedList<Value>('interface {}', [], true)
  if (Array.isArray(value)) return value
  throw new FunctionError(`json: cannot unmarshal ${jsonKind(value)} into Go value of type []interface {}`)
}

/** That a text is another type of value comes before what is wrong with its numbers. */
function read<T>(text: string, as: (value: Value) => T): T {
  let value: Value
  try {
    value = parseJson(text)
  } catch (error) {
    if (error instanceof JsonRangeError) as(error.value)
    throw error
  }
  return as(value)
}

/** The kind of a value in the words of encoding/json's errors. */
export function jsonKind(value: Value): string {
  if (value instanceof Map) return 'object'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

const hasHalfPair = /\\u[dD][89a-fA-F]|[\ud800-\udfff]/
const notUsual = new Error('a number beyond float64, or more depth than there may be')

function fromParsed(parsed: unknown, depth = 0): Value {
  if (typeof parsed !== 'object' || parsed === null) return scalar(parsed)
  if (depth >= limits.depth) throw notUsual
  if (Array.isArray(parsed)) return parsed.map((item) => fromParsed(item, depth + 1))
  const map: ValueMap = new Map()
  const fields = parsed as Readonly<Record<string, unknown>>
  for (const key of Object.keys(fields)) map.set(key, fromParsed(fields[key], depth + 1))
  return map
}

function scalar(parsed: unknown): Value {
  if (typeof parsed === 'number' && !Number.isFinite(parsed)) throw notUsual
  return parsed as null | boolean | number | string
}
