import type { ParameterType, Value } from '@chartroom/go'
import {
  GoDuration,
  GoInt,
  goInt,
  isObject,
  nilBytes,
  nilList,
  nilMap,
  TypedList,
  TypedMap,
  typeOf,
  UnnamedMap,
} from '@chartroom/go'
import type { Frame } from './frame.ts'
import { constantOf } from './constant.ts'
import * as kind from './kind.ts'
import type { Operand } from './node.ts'
import { nodeText } from './node-text.ts'

/** Go's names of the types of parameters. */
export const typeNames: Readonly<Record<ParameterType, string>> = {
  any: 'interface {}',
  bool: 'bool',
  string: 'string',
  int: 'int',
  int64: 'int64',
  uint32: 'uint32',
  float64: 'float64',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  strings: '[]string',
  bytes: '[]uint8',
  value: 'reflect.Value',
  error: 'error',
  time: 'time.Time',
  duration: 'time.Duration',
  location: '*time.Location',
  certificate: 'sprig.certificate',
  version: '*semver.Version',
}

/** A value as an argument of a type. */
export function checkedArgument(frame: Frame, value: Value, type: ParameterType): Value {
  if (type === 'any') return value ?? null
  if (type === 'value') return value
  if (value === undefined) {
    return canBeNil(type) ? nilOf(type) : frame.fail(`invalid value; expected ${typeNames[type]}`)
  }
  if (isAssignable(value, type)) return unnamed(value)
  const got = value === null ? 'interface {}' : typeOf(value)
  return frame.fail(`wrong type for value; expected ${typeNames[type]}; got ${got}`)
}

/** The types of parameters have no names: what has one loses it on its way. */
function unnamed(value: Value): Value {
  if (typeof value !== 'object') return value
  if (value instanceof TypedMap && value.typeName !== plainMap) return new UnnamedMap(value)
  if (value instanceof TypedList && value.typeName !== undefined)
    return new TypedList(value.elementType, value)
  return value
}

const plainMap = 'map[string]interface {}'

/** A constant as an argument of a type; numbers take the type that is asked for. */
export function constantArgument(frame: Frame, node: Operand, type: ParameterType): Value {
  const isText = type === 'string' && node.kind === kind.string
  if (isText || type === 'any' || type === 'value') return idealConstant(frame, node)
  const wanted = constantKinds[type]
  if (wanted === undefined) {
    return frame.fail(`can't handle ${nodeText(node)} for arg of type ${typeNames[type]}`)
  }
  return typedConstant(node, type) ?? frame.fail(`expected ${wanted}; found ${nodeText(node)}`)
}

/** `nil` as an argument. */
export function nilArgument(frame: Frame, type: ParameterType): Value {
  return canBeNil(type) ? nilOf(type) : frame.fail(`cannot assign nil to ${typeNames[type]}`)
}

/** A constant where no type is asked for. */
export function idealConstant(frame: Frame, node: Operand): Value {
  const { value } = constantOf(node)
  if (value !== undefined) return value
  return frame.fail(`${node.text} overflows int`)
}

const constantKinds: Readonly<Partial<Record<ParameterType, string>>> = {
  bool: 'bool',
  string: 'string',
  int: 'integer',
  int64: 'integer',
  duration: 'integer',
  uint32: 'unsigned integer',
  float64: 'float',
}

function typedConstant(node: Operand, type: ParameterType): Value {
  const { number, value } = constantOf(node)
  if (node.kind === kind.bool) return type === 'bool' ? value : undefined
  if (node.kind === kind.string) return type === 'string' ? value : undefined
  switch (type) {
    case 'int':
    case 'int64':
      return number?.int === undefined ? undefined : goInt(number.int, type)
    case 'duration':
      return number?.int === undefined ? undefined : new GoDuration(number.int)
    case 'uint32':
      return number?.uint === undefined ? undefined : goInt(number.uint, 'uint32')
    case 'float64':
      return number?.float
    default:
      return undefined
  }
}

export function canBeNil(type: ParameterType): boolean {
  return nils.has(type)
}

/** A fresh list of nils would not be told from an empty one. */
export function nilOf(type: ParameterType): Value {
  return nils.get(type)
}

const nils: ReadonlyMap<ParameterType, Value> = new Map<ParameterType, Value>([
  ['any', null],
  ['value', undefined],
  ['error', null],
  ['location', null],
  ['version', null],
  ['map', nilMap],
  ['list', nilList as Value[]],
  ['strings', new TypedList<string>('string', [], true)],
  ['bytes', nilBytes],
])

export function isAssignable(value: Value, type: ParameterType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    case 'float64':
      return typeof value === 'number'
    case 'int':
    case 'int64':
    case 'uint32':
      return value instanceof GoInt && value.kind === type
    case 'map':
      return value instanceof Map && (!(value instanceof TypedMap) || value.valueType === 'interface {}')
    case 'list':
      return Array.isArray(value) && (!(value instanceof TypedList) || value.elementType === 'interface {}')
    case 'strings':
      return value instanceof TypedList && value.elementType === 'string'
    case 'bytes':
      return value instanceof Uint8Array
    case 'error':
      return isObject(value) && value.methods.has('Error')
    case 'time':
    case 'duration':
    case 'location':
    case 'certificate':
    case 'version':
      return isObject(value) && value.goType === typeNames[type]
    case 'any':
    case 'value':
      return true
  }
}
