import type { IntKind, Value } from '@chartroom/go'
import { formatValue, GoInt, goInt, TypedList, TypedMap, underlyingOf } from '@chartroom/go'
import type { Machine } from './machine.ts'
import type { Node } from './node.ts'
import { withoutPointer } from './printed.ts'
import { sortedKeys } from './sorted-keys.ts'
import { setVariable } from './variables.ts'

/** A `range` on its way. */
export interface Loop extends Items {
  next: number
  /** The dot outside, and how many dots an open `with` has put aside outside. */
  readonly dot: Value
  readonly dotIsInterface: boolean
  readonly dots: number
}

interface Items {
  readonly length: number
  readonly keys?: readonly string[]
  /** Undefined for a range over an integer. */
  readonly elements?: readonly Value[]
  readonly kind?: IntKind
  /** Elements are of any type, not of one that the list or map names. */
  readonly ofInterfaces: boolean
}

/** Whether there is something to range over. */
export function entersRange(machine: Machine, node: Node): boolean {
  const items = itemsOf(machine, node, machine.stack.pop())
  if (items.length <= 0) return false
  const { dot, dotIsInterface } = machine
  machine.loops.push({ ...items, next: 0, dot, dotIsInterface, dots: machine.dots.length })
  return true
}

/** Goes to the target when there is no next element. */
export function nextInRange(machine: Machine, node: Node, target: number): void {
  const loop = machine.loops.at(-1)
  if (loop === undefined) return
  if (loop.next < loop.length) iterate(machine, node, loop)
  else breakRange(machine, node, target)
}

export function breakRange(machine: Machine, _node: Node, target: number): void {
  leaveRange(machine)
  machine.at = target
}

export function continueRange(machine: Machine, _node: Node, target: number): void {
  machine.dots.length = machine.loops.at(-1)?.dots ?? 0
  machine.at = target
}

function leaveRange(machine: Machine): void {
  const loop = machine.loops.pop()
  if (loop === undefined) return
  machine.dots.length = loop.dots
  machine.dot = loop.dot
  machine.dotIsInterface = loop.dotIsInterface
}

const nothing: Items = { length: 0, ofInterfaces: false }

function itemsOf(machine: Machine, node: Node, given: Value): Items {
  const value = underlyingOf(given)
  if (value === undefined || value === null) return nothing
  if (Array.isArray(value)) {
    const ofInterfaces = !(value instanceof TypedList) || value.elementType === 'interface {}'
    return { length: value.length, elements: value, ofInterfaces }
  }
  if (value instanceof Map) {
    const keys = sortedKeys(value)
    const ofInterfaces = !(value instanceof TypedMap) || value.valueType === 'interface {}'
    return { length: keys.length, keys, elements: keys.map((key) => value.get(key)), ofInterfaces }
  }
  if (value instanceof GoInt) {
    if ((node.pipe?.variables.length ?? 0) > 1) {
      machine.fail(`can't use ${value.value} to iterate over more than one variable`)
    }
    return { length: Number(value.value), kind: value.kind, ofInterfaces: false }
  }
  if (value instanceof Uint8Array) {
    const elements = Array.from(value, (byte) => goInt(byte, 'uint8'))
    return { length: elements.length, elements, ofInterfaces: false }
  }
  return machine.fail(`range can't iterate over ${formatValue(withoutPointer(value))}`)
}

function iterate(machine: Machine, node: Node, loop: Loop): void {
  const at = loop.next++
  const { elements, keys, ofInterfaces } = loop
  const element = elements === undefined ? goInt(at, loop.kind) : elements[at]
  const variables = node.pipe?.variables
  const first = variables?.[0]
  if (first !== undefined) {
    const second = variables?.[1]
    const variable = { value: element, isInterface: ofInterfaces }
    if (second === undefined) setVariable(machine, first.slot, variable)
    else {
      setVariable(machine, first.slot, {
        value: keys === undefined ? goInt(at) : keys[at],
        isInterface: false,
      })
      setVariable(machine, second.slot, variable)
    }
  }
  machine.dot = element
  machine.dotIsInterface = ofInterfaces
}
