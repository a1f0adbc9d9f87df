import type { IntKind, Value } from '@chartroom/go'
import { formatValue, GoInt, goInt, TypedList, TypedMap, underlyingOf } from '@chartroom/go'
import type { Frame } from './frame.ts'
import type { Statement } from './node.ts'
import { declarationOf } from './node.ts'
import { withoutPointer } from './printed.ts'
import { sortedKeys } from './sorted-keys.ts'
import { markInterface, setVariable } from './variables.ts'

/** A `range` on its way. */
export interface Loop extends Items {
  readonly node: Statement
  next: number
  /** The dot outside. */
  readonly dot: Value
  readonly dotIsInterface: boolean
}

interface Items {
  readonly length: number
  readonly keys: readonly string[] | undefined
  /** Undefined for a range over an integer. */
  readonly elements: readonly Value[] | undefined
  readonly kind: IntKind | undefined
  /** Elements are of any type, not of one that the list or map names. */
  readonly ofInterfaces: boolean
}

/** The range over a value; undefined where it has nothing to range over. */
export function loopOver(frame: Frame, node: Statement, value: Value): Loop | undefined {
  const { length, keys, elements, kind, ofInterfaces } = itemsOf(frame, node, value)
  if (length <= 0) return undefined
  const { dot, dotIsInterface } = frame
  return { length, keys, elements, kind, ofInterfaces, node, next: 0, dot, dotIsInterface }
}

const nothing: Items = {
  length: 0,
  keys: undefined,
  elements: undefined,
  kind: undefined,
  ofInterfaces: false,
}

function itemsOf(frame: Frame, node: Statement, given: Value): Items {
  const value = underlyingOf(given)
  if (value === undefined || value === null) return nothing
  if (Array.isArray(value)) {
    const ofInterfaces = !(value instanceof TypedList) || value.elementType === 'interface {}'
    return { ...nothing, length: value.length, elements: value, ofInterfaces }
  }
  if (value instanceof Map) {
    const keys = sortedKeys(value)
    const ofInterfaces = !(value instanceof TypedMap) || value.valueType === 'interface {}'
    return {
      ...nothing,
      length: keys.length,
      keys,
      elements: keys.map((key) => value.get(key)),
      ofInterfaces,
    }
  }
  if (value instanceof GoInt) {
    if ((declarationOf(node.pipe)?.variables.length ?? 0) > 1) {
      frame.fail(`can't use ${value.value} to iterate over more than one variable`)
    }
    return { ...nothing, length: Number(value.value), kind: value.kind }
  }
  if (value instanceof Uint8Array) {
    const elements = Array.from(value, (byte) => goInt(byte, 'uint8'))
    return { ...nothing, length: elements.length, elements }
  }
  return frame.fail(`range can't iterate over ${formatValue(withoutPointer(value))}`)
}

/** Makes the next element the dot, and gives it to the variables. */
export function nextElement(frame: Frame, loop: Loop): void {
  const at = loop.next++
  const { elements, keys, ofInterfaces } = loop
  const element = elements === undefined ? goInt(at, loop.kind) : elements[at]
  const variables = declarationOf(loop.node.pipe)?.variables
  const first = variables?.[0]
  if (first !== undefined) {
    const second = variables?.[1]
    if (second !== undefined) setVariable(frame, first.slot, keys === undefined ? goInt(at) : keys[at])
    const { slot } = second ?? first
    setVariable(frame, slot, element)
    if (ofInterfaces) markInterface(frame, slot)
  }
  frame.dot = element
  frame.dotIsInterface = ofInterfaces
}
