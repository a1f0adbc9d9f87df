import * as calls from './calls.ts'
import type { Node } from './node.ts'
import { kind } from './node.ts'
import { failNotFunction, mark, pushChain, pushConstant, pushDot, pushFields } from './operands.ts'
import type { Instruction, Program } from './program.ts'
import { declare, forget, store } from './variables.ts'

/** The instructions that leave the value of a pipeline on the stack. */
export function compilePipeline(program: Program, pipe: Node | undefined): void {
  if (pipe === undefined) return
  const { nodes, variables } = pipe
  for (let index = 0; index < nodes.length; index++) {
    const command = nodes[index]
    if (command !== undefined) compileCommand(program, command, index > 0 ? undefined : pipe)
  }
  for (let index = 0; index < variables.length; index++) {
    const variable = variables[index]
    if (variable !== undefined) program.emit(pipe.assigns ? store : declare, variable)
  }
}

/** The first command of a pipeline has it; a later one has the value before as its last argument. */
function compileCommand(program: Program, command: Node, pipe: Node | undefined): void {
  const first = command.nodes[0]
  if (first === undefined) return
  const hasFinal = pipe === undefined
  const isCalled = hasFinal || command.nodes.length > 1
  switch (first.kind) {
    case kind.identifier:
      compileCall(program, command, hasFinal)
      return
    case kind.pipe:
      if (isCalled) {
        if (pipe !== undefined) program.emit(mark, pipe)
        program.emit(failNotFunction, first)
      } else compilePipeline(program, first)
      return
    case kind.chain:
    case kind.field:
    case kind.variable:
      if (isCalled) compileMethod(program, command, hasFinal)
      else compileFields(program, first)
      return
    default:
      if (isCalled) program.emit(failNotFunction, first)
      else program.emit(first.kind === kind.dot ? pushDot : pushConstant, first)
  }
}

function compileFields(program: Program, node: Node): void {
  if (node.kind === kind.chain) compileBase(program, node)
  program.emit(node.kind === kind.chain ? pushChain : pushFields, node)
}

/** What stands before the fields of a chain: a pipeline in parentheses, or a function without arguments. */
function compileBase(program: Program, chain: Node): void {
  if (chain.body?.kind === kind.identifier) compileCall(program, chain.body, false)
  else compilePipeline(program, chain.body)
}

function compileMethod(program: Program, command: Node, hasFinal: boolean): void {
  const first = command.nodes[0]
  if (first === undefined) return
  if (first.names.length === 0) {
    program.emit(failNotFunction, first)
    return
  }
  if (first.kind === kind.chain) compileBase(program, first)
  const beginning = program.emit(calls.beginMethod, command)
  for (const argument of command.nodes.slice(1)) compileArgument(program, argument)
  program.emit(calls.finishCall, first)
  beginning.target = calls.withFinal(program.end, hasFinal)
}

/** A command, or the name of a function without arguments. */
function compileCall(program: Program, command: Node, hasFinal: boolean): void {
  const { nodes } = command
  const name = nodes[0] ?? command
  const isLogic = name.text === 'and' || name.text === 'or'
  if (isLogic && program.tree.skippable.size > 0) forgetDeclared(program, nodes)
  program.emit(calls.beginCall, name, calls.withFinal(Math.max(nodes.length - 1, 0), hasFinal))
  const decisions: Instruction[] = []
  for (let index = 1; index < nodes.length; index++) {
    const argument = nodes[index]
    if (argument === undefined) continue
    compileArgument(program, argument)
    if (isLogic) decisions.push(program.emit(calls.decide, argument))
  }
  program.emit(calls.finishCall, command)
  for (const decision of decisions) decision.target = program.end
}

function compileArgument(program: Program, node: Node): void {
  switch (node.kind) {
    case kind.field:
    case kind.variable:
      program.emit(calls.addFields, node)
      return
    case kind.dot:
      program.emit(calls.addDot, node)
      return
    case kind.nil:
      program.emit(calls.addNil, node)
      return
    case kind.pipe:
      compilePipeline(program, node)
      break
    case kind.identifier:
      compileCall(program, node, false)
      break
    case kind.chain:
      compileFields(program, node)
      break
    default:
      program.emit(calls.addConstant, node)
      return
  }
  program.emit(calls.addComputed, node)
}

/** Variables that are declared in arguments that may be skipped. */
function forgetDeclared(program: Program, args: readonly Node[]): void {
  for (const argument of args) {
    if (argument.kind === kind.chain && argument.body !== undefined) forgetDeclared(program, [argument.body])
    if (argument.kind !== kind.pipe) continue
    if (!argument.assigns) for (const { slot } of argument.variables) program.emit(forget, argument, slot)
    for (const command of argument.nodes) forgetDeclared(program, command.nodes)
  }
}
