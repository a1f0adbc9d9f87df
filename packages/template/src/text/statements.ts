import { quote, typeOf } from '@chartroom/go'
import type { Machine } from './machine.ts'
import type { Node } from './node.ts'
import { nodeText } from './node-text.ts'
import { printed } from './printed.ts'
import { isTrue } from './truth.ts'

export function writeText(machine: Machine, node: Node): void {
  machine.write(node.text)
}

/** The end of a template. */
export function leaveTemplate(machine: Machine): void {
  machine.leave()
}

/** The value of an action. */
export function print(machine: Machine, node: Node): void {
  const value = machine.stack.pop()
  if (typeof value === 'string') {
    machine.write(value)
    return
  }
  const text = printed(value)
  if (text === undefined) {
    machine.node = node
    machine.fail(`can't print ${nodeText(node)} of type ${typeOf(value)}`)
  }
  machine.write(text)
}

/** A declaration prints nothing. */
export function drop(machine: Machine): void {
  machine.stack.pop()
}

export function jump(machine: Machine, _node: Node, target: number): void {
  machine.at = target
}

/** Whether the value of an `if` is true. */
export function takesIf(machine: Machine): boolean {
  return isTrue(machine.stack.pop())
}

/** Whether the value of a `with` is true, which then is the dot. */
export function takesWith(machine: Machine): boolean {
  const value = machine.stack.pop() ?? undefined
  if (!isTrue(value)) return false
  machine.dots.push(machine.dot, machine.dotIsInterface)
  machine.dot = value
  machine.dotIsInterface = false
  return true
}

export function leaveWith(machine: Machine, _node: Node, target: number): void {
  machine.dotIsInterface = machine.dots.pop() === true
  machine.dot = machine.dots.pop()
  machine.at = target
}

/** `{{template}}` names one that there is, before its pipeline is evaluated. */
export function checkTemplate(machine: Machine, node: Node): void {
  machine.node = node
  if (!machine.set.has(node.text)) machine.fail(`template ${quote(node.text)} not defined`)
}

export function callTemplate(machine: Machine, node: Node): void {
  const data = node.pipe === undefined ? undefined : (machine.stack.pop() ?? undefined)
  machine.callTemplate(machine.set.template(node.text), data)
}
