import { fieldsOf, receiverOf } from './fields.ts'
import type { Machine } from './machine.ts'
import type { Node } from './node.ts'
import { kind } from './node.ts'
import { nodeText } from './node-text.ts'
import { idealConstant } from './parameter.ts'
import { slotOf } from './variables.ts'

/** Marks a node as being evaluated, where nothing else does. */
export function mark(machine: Machine, node: Node): void {
  machine.node = node
}

export function pushDot(machine: Machine, node: Node): void {
  machine.node = node
  machine.stack.push(machine.dot)
}

export function pushConstant(machine: Machine, node: Node): void {
  machine.node = node
  if (node.kind === kind.nil) machine.fail('nil is not a command')
  machine.stack.push(idealConstant(machine, node))
}

/** `.a.b`, `$x` and `$x.a.b` */
export function pushFields(machine: Machine, node: Node): void {
  machine.node = node
  machine.stack.push(fieldsOf(machine, node, receiverOf(machine, node)))
}

/** `(pipeline).a.b`, whose pipeline is on the stack. */
export function pushChain(machine: Machine, node: Node): void {
  machine.stack.push(fieldsOf(machine, node, receiverOf(machine, node)))
}

/** A constant, dot, variable or pipeline that is called like a function. */
export function failNotFunction(machine: Machine, node: Node): void {
  if (node.kind !== kind.pipe) machine.node = node
  if (node.kind === kind.variable) slotOf(machine, node)
  machine.fail(`can't give argument to non-function ${nodeText(node)}`)
}
