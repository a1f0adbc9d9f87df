import type { ParameterType, Value } from '@chartroom/go'
import { and, Call, calleeOf, decides, finishCall, or } from './call.ts'
import { fieldsOf, methodWithArguments } from './fields.ts'
import type { Frame, Waiting } from './frame.ts'
import * as kind from './kind.ts'
import { absent, suspended } from './marks.ts'
import type { Operand, Pipe, Pipeline, Stage, Term } from './node.ts'
import { namesOf } from './node.ts'
import { nodeText } from './node-text.ts'
import { checkedArgument, constantArgument, idealConstant, nilArgument } from './parameter.ts'
import { forgetDeclared, setVariables, slotOf } from './variables.ts'

/** The value of a pipeline, or `suspended`. */
export function runPipeline(frame: Frame, pipeline: Pipeline): Value {
  frame.node = pipeline
  return pipeline.kind === kind.pipe ? runPipe(frame, pipeline) : runCommand(frame, pipeline, absent)
}

function runPipe(frame: Frame, pipe: Pipe): Value {
  frame.node = pipe
  const { first, declaration } = pipe
  if (first.next === undefined && declaration === undefined) return runCommand(frame, first, absent)
  return new RestOfPipe(pipe).resume(frame, absent)
}

class RestOfPipe implements Waiting {
  declare readonly pipe: Pipe
  declare next: Stage | undefined

  constructor(pipe: Pipe) {
    this.pipe = pipe
    this.next = pipe.first
  }

  resume(frame: Frame, given: Value): Value {
    let value = given
    for (let stage = this.next; stage !== undefined; stage = stage.next) {
      value = runCommand(frame, stage, value)
      if (value === suspended) {
        this.next = stage.next
        return frame.await(this)
      }
    }
    const { declaration } = this.pipe
    if (declaration === undefined) return value
    value ??= undefined
    setVariables(frame, declaration, value)
    return value
  }
}

/** The value of a command. What the command before has given is its last argument. */
function runCommand(frame: Frame, command: Stage, final: Value): Value {
  const first = command.kind === kind.command ? command.first : command
  if (first.kind === kind.identifier) return callFunction(frame, command, final)
  if (final === absent && command === first) return operandOf(frame, first)
  return mayBeMethod(first) ? callMethod(frame, command, final) : failNotFunction(frame, first)
}

function mayBeMethod(node: Term): boolean {
  if (node.kind === kind.variable) return namesOf(node).length > 0
  return node.kind === kind.field || node.kind === kind.chain
}

/** What stands alone, without arguments. */
function operandOf(frame: Frame, node: Stage): Value {
  switch (node.kind) {
    case kind.field:
      frame.node = node
      return fieldsOf(frame, node, frame.dot)
    case kind.variable:
      frame.node = node
      return fieldsOf(frame, node, frame.slots[slotOf(frame, node)])
    case kind.identifier:
      return callFunction(frame, node, absent)
    case kind.command:
      return runCommand(frame, node, absent)
    case kind.pipe:
      return runPipe(frame, node)
    case kind.chain:
      return runChain(frame, node)
    case kind.dot:
      frame.node = node
      return frame.dot
    case kind.nil:
      frame.node = node
      return frame.fail('nil is not a command')
    default:
      frame.node = node
      return idealConstant(frame, node)
  }
}

/** Fields of a pipeline in parentheses, or of a function without arguments. */
function runChain(frame: Frame, chain: Operand): Value {
  const value = chain.base === undefined ? undefined : operandOf(frame, chain.base)
  return value === suspended
    ? frame.await(new RestOfChain(chain))
    : fieldsOf(frame, chain, computed(chain.base, value))
}

class RestOfChain implements Waiting {
  declare readonly chain: Operand

  constructor(chain: Operand) {
    this.chain = chain
  }

  resume(frame: Frame, value: Value): Value {
    return fieldsOf(frame, this.chain, computed(this.chain.base, value))
  }
}

/** A nil that a pipeline in parentheses gives is no value. */
function computed(node: Stage | undefined, value: Value): Value {
  return node?.kind === kind.pipe ? (value ?? undefined) : value
}

/** A constant, dot, variable or pipeline that is called like a function. */
function failNotFunction(frame: Frame, node: Term): never {
  if (node.kind !== kind.pipe) frame.node = node
  if (node.kind === kind.variable) slotOf(frame, node)
  return frame.fail(`can't give argument to non-function ${nodeText(node)}`)
}

/** A function by its name. */
function callFunction(frame: Frame, command: Stage, final: Value): Value {
  const name = calleeOf(command)
  frame.node = name
  const called = frame.lookUp(name.text)
  if (called === undefined) return frame.fail(`"${name.text}" is not a defined function`)
  const call = new Call(called, command, final)
  call.checkCount(frame)
  if (called === and || called === or) forgetDeclared(frame, call.next)
  return runCall(frame, call)
}

/** A field, variable or chain whose last name is a method with arguments. */
function callMethod(frame: Frame, command: Stage, final: Value): Value {
  const first = calleeOf(command)
  if (first.kind !== kind.chain) frame.node = first
  const receiver = receiverOf(frame, first)
  const method = new MethodCall(command, final)
  return receiver === suspended ? frame.await(method) : method.resume(frame, receiver)
}

class MethodCall implements Waiting {
  declare readonly command: Stage
  declare readonly final: Value

  constructor(command: Stage, final: Value) {
    this.command = command
    this.final = final
  }

  /** Calls the method of what the names are looked up in. Of no value everything is no value. */
  resume(frame: Frame, receiver: Value): Value {
    const first = calleeOf(this.command)
    const value = first.kind === kind.chain ? computed(first.base, receiver) : receiver
    const method = methodWithArguments(frame, first, value)
    if (method === undefined) return undefined
    const call = new Call(method, this.command, this.final)
    call.checkCount(frame)
    return runCall(frame, call)
  }
}

/** What the names of a field, variable or chain are looked up in. */
function receiverOf(frame: Frame, node: Operand): Value {
  if (node.kind === kind.field) return frame.dot
  if (node.kind === kind.variable) return frame.slots[slotOf(frame, node)]
  return node.base === undefined ? undefined : operandOf(frame, node.base)
}

/** Evaluates the arguments that are not there yet, and calls. */
function runCall(frame: Frame, call: Call): Value {
  const { called, args } = call
  const isLogic = called === and || called === or
  for (let node = call.next; node !== undefined; node = node.next) {
    const value = argumentOf(frame, node, call.nextType)
    if (value === suspended) {
      call.next = node
      return frame.await(new RestOfCall(call))
    }
    args[call.count++] = value
    if (isLogic && decides(called, value)) return value
  }
  return finishCall(frame, call)
}

class RestOfCall implements Waiting {
  declare readonly call: Call

  constructor(call: Call) {
    this.call = call
  }

  resume(frame: Frame, value: Value): Value {
    const { call } = this
    const { called, args } = call
    const argument = checkedArgument(frame, computed(call.next, value), call.nextType)
    args[call.count++] = argument
    call.next = call.next?.next
    const isLogic = called === and || called === or
    return isLogic && decides(called, argument) ? argument : runCall(frame, call)
  }
}

function argumentOf(frame: Frame, node: Stage, type: ParameterType): Value {
  switch (node.kind) {
    case kind.field:
      frame.node = node
      return checkedArgument(frame, fieldsOf(frame, node, frame.dot), type)
    case kind.string:
    case kind.number:
    case kind.bool:
      frame.node = node
      return constantArgument(frame, node, type)
    case kind.nil:
      frame.node = node
      return nilArgument(frame, type)
    default: {
      const value = operandOf(frame, node)
      return value === suspended ? value : checkedArgument(frame, computed(node, value), type)
    }
  }
}
