import type { GoFunction, IntKind, Value, ValueMap } from '@chartroom/go'
import { goInt, isObject, nilBytes, quote, TypedList, TypedMap, typeOf } from '@chartroom/go'
import type { Frame } from './frame.ts'
import { checkCount, functionFailure } from './invoke.ts'
import * as kind from './kind.ts'
import { namesOf, Operand } from './node.ts'
import { slotOf } from './variables.ts'

/** `.a.b.c` of a receiver. Each name may be a method without arguments. */
export function fieldsOf(frame: Frame, node: Operand, receiver: Value): Value {
  const names = node.names ?? namesOf(node)
  let value = receiver
  let owner: Value = undefined
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    const next: Value =
      value instanceof Map ? entryOf(frame, value, name) : fieldOf(frame, { node, index, owner, value }, name)
    owner = value
    value = next
  }
  return value
}

function entryOf(frame: Frame, map: ValueMap, name: string): Value {
  const method = (map as TypedMap).methods?.get(name)
  if (method !== undefined) return callAlone(frame, method, name)
  return map.get(name) ?? missing(frame, map, name)
}

/** Calls a method without arguments. */
function callAlone(frame: Frame, method: GoFunction, name: string): Value {
  checkCount(frame, method, { name, written: 0, all: 0 })
  try {
    return method.call()
  } catch (error) {
    throw functionFailure(frame, { name, node: frame.node }, error)
  }
}

/** A map has the key with nil, or has it not. */
function missing(frame: Frame, map: ValueMap, name: string): Value {
  if (map.get(name) === null) return null
  if (frame.machine.missingKey === 'error') frame.fail(`map has no entry for key ${quote(name)}`)
  return frame.machine.missingKey === 'zero' ? zeroElement(map) : undefined
}

/** What Go takes from a map for a key that it has not. */
export function zeroElement(map: ValueMap): Value {
  if (!(map instanceof TypedMap)) return null
  const { valueType } = map
  return integer.test(valueType) ? goInt(0, valueType as IntKind) : (zeros.get(valueType) ?? null)
}

const integer = /^u?int\d*$/

const zeros: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['string', ''],
  ['bool', false],
  ['float64', 0],
  ['[]uint8', nilBytes],
])

/** Where a name is looked up, for what Go says when it is not there. */
interface Place {
  readonly node: Operand
  readonly index: number
  /** What the value has come out of, where it is not the receiver. */
  readonly owner: Value
  readonly value: Value
}

/** Go's type of a value that has come out of a list or map of any values is `interface {}`. */
function placeType(frame: Frame, { node, index, owner, value }: Place): string {
  const isInterface = index === 0 ? receiverIsInterface(frame, node) : isLoose(owner)
  return isInterface ? 'interface {}' : typeOf(value)
}

function receiverIsInterface(frame: Frame, node: Operand): boolean {
  if (node.kind === kind.field) return frame.dotIsInterface
  return node.kind === kind.variable && frame.interfaces?.[slotOf(frame, node)] === true
}

function isLoose(owner: Value): boolean {
  if (owner instanceof TypedMap) return owner.valueType === 'interface {}'
  return owner instanceof Map
}

function fieldOf(frame: Frame, place: Place, name: string): Value {
  const { value } = place
  if (value === undefined) {
    if (frame.machine.missingKey === 'error') frame.fail(`nil data; no entry for key ${quote(name)}`)
    return undefined
  }
  if (value === null) return frame.fail(`nil pointer evaluating interface {}.${name}`)
  const method = methodOf(value, name)
  if (method !== undefined) return callAlone(frame, method, name)
  if (isObject(value)) {
    const field = value.fields.get(name)
    if (field !== undefined) return field
    if (value.unexported?.includes(name) === true) {
      frame.fail(`${name} is an unexported field of struct type ${placeType(frame, place)}`)
    }
  }
  return frame.fail(`can't evaluate field ${name} in type ${placeType(frame, place)}`)
}

function methodOf(value: Value, name: string): GoFunction | undefined {
  if (value instanceof TypedMap || value instanceof TypedList) return value.methods?.get(name)
  return isObject(value) ? value.methods.get(name) : undefined
}

/** The method that the last name is, which has arguments. Undefined for a method of no value, which Go lets
 * be no value, whatever the arguments. */
export function methodWithArguments(frame: Frame, node: Operand, receiver: Value): GoFunction | undefined {
  const names = namesOf(node)
  const index = names.length - 1
  const name = names[index] ?? ''
  const value = fieldsOf(frame, firstNames(node, index), receiver)
  const method = methodOf(value, name)
  if (method !== undefined) return method
  if (value instanceof Map) return frame.fail(`${name} is not a method but has arguments`)
  if (isObject(value) && value.fields.has(name)) {
    return frame.fail(`${name} has arguments but cannot be invoked as function`)
  }
  const owner = index > 0 ? fieldsOf(frame, firstNames(node, index - 1), receiver) : undefined
  fieldOf(frame, { node, index, owner, value }, name)
  return undefined
}

/** The same with fewer names. */
function firstNames(node: Operand, count: number): Operand {
  const first = new Operand(node.kind, node.at, node.text)
  first.slot = node.slot
  first.names = namesOf(node).slice(0, count)
  return first
}
