import type { Value } from '@chartroom/go'
import type { Frame } from './frame.ts'
import { unset } from './marks.ts'
import * as kind from './kind.ts'
import type { Declaration, Operand, Stage } from './node.ts'

export function setVariable(frame: Frame, slot: number, value: Value): void {
  frame.slots[slot] = value
  if (frame.interfaces !== undefined) frame.interfaces[slot] = false
}

/** The value of a variable has come out of a list or map of any values. */
export function markInterface(frame: Frame, slot: number): void {
  frame.interfaces ??= []
  frame.interfaces[slot] = true
}

/** `:=` or `=`: sets variables to the value of their pipeline. */
export function setVariables(frame: Frame, { variables, assigns }: Declaration, value: Value): void {
  for (let index = 0; index < variables.length; index++) {
    const variable = variables[index] as Operand
    // A declaration counts from here on, whether its slot was skipped before or not.
    setVariable(frame, assigns ? slotOf(frame, variable) : variable.slot, value)
  }
}

/** The slot of a variable; fails where the program has not come by its declaration. */
export function slotOf(frame: Frame, variable: Operand): number {
  let { slot } = variable
  while (slot >= 0 && frame.slots[slot] === unset) slot = frame.template.tree.skippable.get(slot) ?? -1
  return slot >= 0 ? slot : frame.fail(`undefined variable: ${variable.text.replace(/\..*/, '')}`)
}

/** Before `and` and `or`: what is declared in their arguments may be skipped. */
export function forgetDeclared(frame: Frame, first: Stage | undefined): void {
  for (let stage = first; stage !== undefined; stage = stage.next) {
    if (stage.kind === kind.command) forgetDeclared(frame, stage.first)
    else if (stage.kind === kind.chain) forgetDeclared(frame, stage.base)
    else if (stage.kind === kind.pipe) {
      const { declaration, first: inside } = stage
      if (declaration?.assigns === false) {
        for (const { slot } of declaration.variables) frame.slots[slot] = unset
      }
      forgetDeclared(frame, inside)
    }
  }
}
