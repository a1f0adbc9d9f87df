import type { GoFunction, Value } from '@chartroom/go'
import { typeOf } from '@chartroom/go'
import { builtins } from './builtins/functions.ts'
import { Call } from './call.ts'
import { callValue } from './call-value.ts'
import { fieldsOf, methodWithArguments, receiverOf } from './fields.ts'
import { checkCount, functionFailure, invoke } from './invoke.ts'
import type { Machine } from './machine.ts'
import type { Node } from './node.ts'
import { kind } from './node.ts'
import { nodeText } from './node-text.ts'
import { checkedArgument, constantArgument, nilArgument } from './parameter.ts'
import type { TemplateFunction } from './template-function.ts'
import { isTemplateFunction } from './template-function.ts'
import { isTrue } from './truth.ts'

/** The second number of an instruction: a number, and whether the command before gives an argument. */
export function withFinal(number: number, hasFinal: boolean): number {
  return number * 2 + (hasFinal ? 1 : 0)
}

/** A function by its name; its arguments follow. */
export function beginCall(machine: Machine, node: Node, target: number): void {
  machine.node = node
  const called = machine.lookUp(node.text)
  if (called === undefined) machine.fail(`"${node.text}" is not a defined function`)
  else begin(machine, new Call(called, node.text, target % 2 === 1), target >> 1)
}

/** A command that is a method with arguments. Of no value everything is no value: goes behind the call. */
export function beginMethod(machine: Machine, command: Node, target: number): void {
  const first = command.nodes[0]
  if (first === undefined) return
  if (first.kind !== kind.chain) machine.node = first
  const hasFinal = target % 2 === 1
  const method = methodWithArguments(machine, first)
  if (method !== undefined) {
    begin(machine, new Call(method, first.names.at(-1) ?? '', hasFinal), command.nodes.length - 1)
    return
  }
  if (hasFinal) machine.stack.pop()
  machine.stack.push(undefined)
  machine.at = target >> 1
}

function begin(machine: Machine, call: Call, given: number): void {
  checkCount(machine, call, given)
  call.outer = machine.call
  machine.call = call
}

export function addNil(machine: Machine, node: Node): void {
  machine.node = node
  const { call } = machine
  call?.args.push(nilArgument(machine, call.nextType))
}

export function addDot(machine: Machine, node: Node): void {
  machine.node = node
  const { call } = machine
  call?.args.push(checkedArgument(machine, machine.dot, call.nextType))
}

export function addConstant(machine: Machine, node: Node): void {
  machine.node = node
  const { call } = machine
  call?.args.push(constantArgument(machine, node, call.nextType))
}

export function addFields(machine: Machine, node: Node): void {
  machine.node = node
  const { call } = machine
  const value = fieldsOf(machine, node, receiverOf(machine, node))
  call?.args.push(checkedArgument(machine, value, call.nextType))
}

/** An argument that instructions before have left on the stack. */
export function addComputed(machine: Machine, node: Node): void {
  const { call } = machine
  const value = machine.stack.pop()
  // A nil that a pipeline gives is no value.
  const given = node.kind === kind.pipe ? (value ?? undefined) : value
  call?.args.push(checkedArgument(machine, given, call.nextType))
}

const and = builtins.get('and')
const or = builtins.get('or')
const callBuiltin = builtins.get('call')

/** Behind an argument of `and` and `or`: where it decides, it is the result, and the rest is skipped. */
export function decide(machine: Machine, _node: Node, target: number): void {
  const { call } = machine
  if (call === undefined || (call.called !== and && call.called !== or)) return
  const value = call.args.at(-1)
  if (isTrue(value) !== (call.called === or)) return
  machine.call = call.outer
  if (call.hasFinal) machine.stack.pop()
  machine.stack.push(value)
  machine.at = target
}

/** All arguments but that of the command before are there. */
export function finishCall(machine: Machine, node: Node): void {
  const { call } = machine
  if (call === undefined) return
  machine.call = call.outer
  const { called, name, args } = call
  if (call.hasFinal) args.push(checkedArgument(machine, machine.stack.pop() ?? undefined, call.nextType))
  if (isTemplateFunction(called)) enterTemplate(machine, { called, name, node }, args)
  else if (called === callBuiltin) {
    const callee = calleeName(node, args[0])
    machine.stack.push(invoke(machine, { called: callFunction(callee), name, node }, args))
  } else machine.stack.push(invoke(machine, { called, name, node }, args))
}

function callFunction(callee: string): GoFunction {
  return { parameters: [], variadic: true, call: (...args: Value[]) => callValue(callee, args) }
}

function calleeName(command: Node, value: Value): string {
  const first = command.nodes[1]
  if (first !== undefined) return nodeText(first)
  return typeof value === 'string' ? value : `<${typeOf(value)} Value>`
}

interface Entering {
  readonly called: TemplateFunction
  readonly name: string
  readonly node: Node
}

function enterTemplate(machine: Machine, { called, name, node }: Entering, args: readonly Value[]): void {
  let entry: ReturnType<TemplateFunction['enter']>
  try {
    entry = (called.enter as (...given: readonly Value[]) => ReturnType<TemplateFunction['enter']>)(...args)
  } catch (error) {
    throw functionFailure(machine, { name, node }, error)
  }
  machine.enter(entry, name, node)
}
