import type { Value } from '@chartroom/go'
import { GoInt } from '@chartroom/go'
import type { Machine } from './machine.ts'
import type { Node } from './node.ts'

/** What a slot holds whose declaration `and` or `or` has skipped. */
const unset: Value = new GoInt('int', 0n)

/** Sets a variable; `isInterface` as of the dot. */
export function setVariable(machine: Machine, slot: number, { value, isInterface }: Variable): void {
  machine.slots[slot] = value
  if (isInterface) machine.interfaces ??= []
  if (machine.interfaces !== undefined) machine.interfaces[slot] = isInterface
}

interface Variable {
  readonly value: Value
  readonly isInterface: boolean
}

/** `:=` or `=`: the value stays, for the pipeline is worth it. */
export function store(machine: Machine, node: Node): void {
  const { stack } = machine
  const value = stack.at(-1) ?? undefined
  stack[stack.length - 1] = value
  setVariable(machine, slotOf(machine, node), { value, isInterface: false })
}

/** A declaration counts from here on, whether its slot was skipped before or not. */
export function declare(machine: Machine, node: Node): void {
  machine.slots[node.slot] = undefined
  store(machine, node)
}

/** The slot of a variable; fails where the program has not come by its declaration. */
export function slotOf(machine: Machine, node: Node): number {
  let { slot } = node
  while (slot >= 0 && machine.slots[slot] === unset) slot = machine.template.tree.skippable.get(slot) ?? -1
  return slot >= 0 ? slot : machine.fail(`undefined variable: ${node.text}`)
}

/** Before `and` and `or`: what is declared in their arguments may be skipped. */
export function forget(machine: Machine, _node: Node, slot: number): void {
  machine.slots[slot] = unset
}
