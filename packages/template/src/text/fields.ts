import type { GoFunction, IntKind, Value, ValueMap } from '@chartroom/go'
import { goInt, isObject, nilBytes, quote, TypedList, TypedMap, typeOf } from '@chartroom/go'
import { Call } from './call.ts'
import { checkCount, invoke } from './invoke.ts'
import type { Machine } from './machine.ts'
import type { Node } from './node.ts'
import { kind } from './node.ts'
import { slotOf } from './variables.ts'

/** What the names of a field, variable or chain are looked up in; a chain has it on the stack. */
export function receiverOf(machine: Machine, node: Node): Value {
  if (node.kind === kind.field) return machine.dot
  if (node.kind === kind.variable) return machine.slots[slotOf(machine, node)]
  const value = machine.stack.pop()
  // A nil that a pipeline gives is no value.
  return node.body?.kind === kind.pipe ? (value ?? undefined) : value
}

/** `.a.b.c` of a receiver. Each name may be a method without arguments. */
export function fieldsOf(machine: Machine, node: Node, receiver: Value): Value {
  return firstFieldsOf(machine, { node, count: node.names.length }, receiver)
}

interface FirstNames {
  readonly node: Node
  readonly count: number
}

function firstFieldsOf(machine: Machine, { node, count }: FirstNames, receiver: Value): Value {
  const { names } = node
  let value = receiver
  let owner: Value = undefined
  for (let index = 0; index < count; index++) {
    const name = names[index] ?? ''
    const next: Value = isWithoutMethods(value)
      ? (value.get(name) ?? missing(machine, value, name))
      : fieldOf(machine, { node, index, owner, value }, name)
    owner = value
    value = next
  }
  return value
}

function isWithoutMethods(value: Value): value is ValueMap {
  return value instanceof Map && (value as TypedMap).methods === undefined
}

/** A map has the key with nil, or has it not. */
function missing(machine: Machine, map: ValueMap, name: string): Value {
  if (map.get(name) === null) return null
  if (machine.missingKey === 'error') machine.fail(`map has no entry for key ${quote(name)}`)
  return machine.missingKey === 'zero' ? zeroElement(map) : undefined
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
  readonly node: Node
  readonly index: number
  /** What the value has come out of, where it is not the receiver. */
  readonly owner: Value
  readonly value: Value
}

/** Go's type of a value that has come out of a list or map of any values is `interface {}`. */
function placeType(machine: Machine, { node, index, owner, value }: Place): string {
  const isInterface = index === 0 ? receiverIsInterface(machine, node) : isLoose(owner)
  return isInterface ? 'interface {}' : typeOf(value)
}

function receiverIsInterface(machine: Machine, node: Node): boolean {
  if (node.kind === kind.field) return machine.dotIsInterface
  return node.kind === kind.variable && machine.interfaces?.[slotOf(machine, node)] === true
}

function isLoose(owner: Value): boolean {
  if (owner instanceof TypedMap) return owner.valueType === 'interface {}'
  return owner instanceof Map
}

function fieldOf(machine: Machine, place: Place, name: string): Value {
  const { value } = place
  if (value === undefined) {
    if (machine.missingKey === 'error') machine.fail(`nil data; no entry for key ${quote(name)}`)
    return undefined
  }
  if (value === null) return machine.fail(`nil pointer evaluating interface {}.${name}`)
  const method = methodOf(value, name)
  if (method !== undefined) {
    checkCount(machine, new Call(method, name, false), 0)
    return invoke(machine, { called: method, name, node: machine.node }, [])
  }
  if (value instanceof Map) return value.get(name) ?? missing(machine, value, name)
  if (isObject(value)) {
    const field = value.fields.get(name)
    if (field !== undefined) return field
    if (value.unexported?.includes(name) === true) {
      machine.fail(`${name} is an unexported field of struct type ${placeType(machine, place)}`)
    }
  }
  return machine.fail(`can't evaluate field ${name} in type ${placeType(machine, place)}`)
}

function methodOf(value: Value, name: string): GoFunction | undefined {
  if (value instanceof TypedMap || value instanceof TypedList) return value.methods?.get(name)
  return isObject(value) ? value.methods.get(name) : undefined
}

/** The method that the last name is, which has arguments. Undefined for a method of no value, which Go lets
 * be no value, whatever the arguments. */
export function methodWithArguments(machine: Machine, node: Node): GoFunction | undefined {
  const index = node.names.length - 1
  const name = node.names[index] ?? ''
  const receiver = receiverOf(machine, node)
  const value = firstFieldsOf(machine, { node, count: index }, receiver)
  const method = methodOf(value, name)
  if (method !== undefined) return method
  if (value instanceof Map) return machine.fail(`${name} is not a method but has arguments`)
  if (isObject(value) && value.fields.has(name)) {
    return machine.fail(`${name} has arguments but cannot be invoked as function`)
  }
  const owner = index > 0 ? firstFieldsOf(machine, { node, count: index - 1 }, receiver) : undefined
  fieldOf(machine, { node, index, owner, value }, name)
  return undefined
}
