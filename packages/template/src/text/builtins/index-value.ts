import type { Value } from '@chartroom/go'
import {
  byteLength,
  bytesString,
  FunctionError,
  GoInt,
  goInt,
  isObject,
  stringBytes,
  TypedList,
  typeOf,
} from '@chartroom/go'
import { zeroElement } from '../fields.ts'

/** `index x 1 2` is `x[1][2]`. */
export function index(item: Value, ...indexes: Value[]): Value {
  if (item === undefined || item === null) throw new FunctionError('index of untyped nil')
  let value: Value = item
  for (const at of indexes) value = elementOf(value, at)
  return value
}

function elementOf(value: Value, at: Value): Value {
  if (value === undefined || value === null) throw new FunctionError('index of nil pointer')
  if (value instanceof Map) return value.get(keyOf(at)) ?? zeroElement(value)
  const list = typeof value === 'string' ? stringBytes(value) : value
  if (!Array.isArray(list) && !(list instanceof Uint8Array)) {
    throw new FunctionError(`can't index item of type ${pointedType(value)}`)
  }
  const place = indexOf(at, list.length)
  if (place === list.length) {
    const kind = typeof value === 'string' ? 'string' : 'slice'
    throw new FunctionError(`reflect: ${kind} index out of range`)
  }
  const element = list[place]
  return typeof element === 'number' && list instanceof Uint8Array ? goInt(element, 'uint8') : element
}

function keyOf(at: Value): string {
  if (typeof at === 'string') return at
  if (at === undefined || at === null) throw new FunctionError('value is nil; should be of type string')
  throw new FunctionError(`value has type ${typeOf(at)}; should be string`)
}

function indexOf(at: Value, most: number): number {
  if (at === undefined || at === null) throw new FunctionError('cannot index slice/array with nil')
  if (!(at instanceof GoInt)) throw new FunctionError(`cannot index slice/array with type ${typeOf(at)}`)
  const place = BigInt.asIntN(64, at.value)
  if (place < 0n || place > BigInt(most)) throw new FunctionError(`index out of range: ${place}`)
  return Number(place)
}

/** `slice x 1 2` is `x[1:2]`. The capacity of a list is its length here. */
export function slice(item: Value, ...indexes: Value[]): Value {
  if (item === undefined || item === null) throw new FunctionError('slice of untyped nil')
  if (indexes.length > 3) throw new FunctionError(`too many slice indexes: ${indexes.length}`)
  const isText = typeof item === 'string'
  if (isText && indexes.length === 3) throw new FunctionError('cannot 3-index slice a string')
  const list = isText ? stringBytes(item) : item
  if (!Array.isArray(list) && !(list instanceof Uint8Array)) {
    throw new FunctionError(`can't slice item of type ${pointedType(item)}`)
  }
  const [start = 0, end = list.length, most] = indexes.map((at) => indexOf(at, list.length))
  if (start > end) throw new FunctionError(`invalid slice index: ${start} > ${end}`)
  if (most !== undefined && end > most) throw new FunctionError(`invalid slice index: ${end} > ${most}`)
  if (list instanceof Uint8Array) return isText ? bytesString(list.slice(start, end)) : list.slice(start, end)
  return list instanceof TypedList
    ? new TypedList(list.elementType, list.slice(start, end))
    : list.slice(start, end)
}

export function length(value: Value): Value {
  if (value === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  if (value === null) throw new FunctionError('len of nil pointer')
  if (typeof value === 'string') return goInt(byteLength(value))
  if (value instanceof Map) return goInt(value.size)
  if (Array.isArray(value) || value instanceof Uint8Array) return goInt(value.length)
  throw new FunctionError(`len of type ${pointedType(value)}`)
}

/** The type of a value, or of what it points to. */
function pointedType(value: Value): string {
  const type = typeOf(value)
  return isObject(value) && value.goKind === 'ptr' ? type.replace(/^\*/, '') : type
}
