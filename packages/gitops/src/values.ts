import { ChartroomError } from '@chartroom/errors'
import type { Value } from '@chartroom/go'
import { GoInt } from '@chartroom/go'
import { limits } from './limits.ts'
import type { Values } from './object.ts'
import { yamlText } from './yaml-text.ts'

/** What values hold that is read in another way than it is written by somebody on the way to Helm. */
export interface ValuesTraits {
  /** `kubectl apply` leaves a null in a map out, also when it makes the object. */
  readonly hasNull: boolean
  /** A server-side apply refuses DEL and its kin, and takes U+0085 for a line break. */
  readonly hasControl: boolean
  /** Flux's Kustomization replaces `${NAME}` when told to substitute. */
  readonly hasDollar: boolean
}

interface Found {
  hasNull: boolean
  hasControl: boolean
  hasDollar: boolean
}

/** Looks through values, and refuses what no object can carry. Throws `VALUES_INVALID`, `LIMIT_EXCEEDED`. */
export function inspectValues(values: Values): ValuesTraits {
  const found: Found = { hasNull: false, hasControl: false, hasDollar: false }
  walk(values, [], found)
  return found
}

function walk(value: Value, path: readonly string[], found: Found): void {
  if (path.length > limits.depth) {
    throw new ChartroomError('LIMIT_EXCEEDED', `the values have more than ${limits.depth} levels`)
  }
  if (typeof value === 'string') text(value, path, found)
  else if (typeof value === 'number' && !Number.isFinite(value))
    throw invalid(path, `${value} is no number of JSON`)
  else if (Array.isArray(value)) value.forEach((item, index) => walk(item, [...path, String(index)], found))
  else if (value instanceof Map) walkMap(value, path, found)
  else if (typeof value === 'object' && value !== null && !(value instanceof GoInt))
    throw invalid(path, 'it is of a kind that JSON does not know')
}

function walkMap(map: ReadonlyMap<string, Value>, path: readonly string[], found: Found): void {
  for (const [key, item] of map) {
    text(key, path, found)
    if (yamlText(key).length > limits.keyCharacters)
      throw invalid(path, `it has a key of ${key.length} characters`)
    if (item === null || item === undefined) found.hasNull = true
    walk(item, [...path, key], found)
  }
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\x7f-\x9f\ufffe\uffff]/
const halfPair = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

// A byte that is no UTF-8 stands as a surrogate without its partner; JSON, and so every API server, knows neither.
function text(value: string, path: readonly string[], found: Found): void {
  if (value.includes('${')) found.hasDollar = true
  if (control.test(value)) found.hasControl = true
  if (halfPair.test(value)) throw invalid(path, 'it holds bytes that are no UTF-8')
}

function invalid(path: readonly string[], reason: string): ChartroomError {
  const where = path.length === 0 ? 'the values' : `value ${path.join('.').slice(0, 200)}`
  return new ChartroomError('VALUES_INVALID', `${where} cannot stand in an object: ${reason}`)
}

/** What becomes of values on their way into a cluster, a sentence each. */
export function valuesNotes({ hasNull, hasControl }: ValuesTraits): string[] {
  const notes: string[] = []
  if (hasNull) {
    notes.push(
      'The values hold a null, which kubectl apply leaves out: use kubectl apply --server-side, or give the key another value.',
    )
  }
  if (hasControl) {
    notes.push(
      'The values hold control characters, which kubectl apply --server-side refuses or changes: leave them out, or use kubectl create.',
    )
  }
  return notes
}
