import type { GoFunction, ParameterType, Value } from '@chartroom/go'
import { typeOf } from '@chartroom/go'
import { builtins } from './builtins/functions.ts'
import { callValue } from './call-value.ts'
import type { Frame } from './frame.ts'
import type { NamedCall } from './invoke.ts'
import { checkCount, functionFailure } from './invoke.ts'
import { absent } from './marks.ts'
import * as kind from './kind.ts'
import type { Node, Operand, Stage } from './node.ts'
import { namesOf } from './node.ts'
import { nodeText } from './node-text.ts'
import { checkedArgument } from './parameter.ts'
import type { TemplateFunction } from './template-function.ts'
import { isTemplateFunction } from './template-function.ts'
import { isTrue } from './truth.ts'

/** A call whose arguments are being evaluated. */
export class Call implements NamedCall {
  declare readonly called: GoFunction
  declare readonly command: Stage
  /** The result of the command before, which is the last argument; `absent` where there is none. */
  declare readonly final: Value
  /** Of the length that it will have: what grows takes more memory. */
  declare readonly args: Value[]
  /** How many arguments are there. */
  declare count: number
  /** The argument that is evaluated next. */
  declare next: Stage | undefined

  constructor(called: GoFunction, command: Stage, final: Value) {
    const written = command.kind === kind.command ? command.count : 0
    this.called = called
    this.command = command
    this.final = final
    this.args = new Array<Value>(final === absent ? written : written + 1)
    this.count = 0
    this.next = command.kind === kind.command ? command.first.next : undefined
  }

  /** The type of the argument that comes next. */
  get nextType(): ParameterType {
    const { count } = this
    const { parameters } = this.called
    return parameters[count < parameters.length ? count : parameters.length - 1] ?? 'any'
  }

  get name(): string {
    const callee = calleeOf(this.command)
    return callee.kind === kind.identifier ? callee.text : (namesOf(callee).at(-1) ?? '')
  }

  /** Of a function it is the command, of a method what names it. */
  get node(): Node {
    const callee = calleeOf(this.command)
    return callee.kind === kind.identifier ? this.command : callee
  }

  /** Fails when the function cannot take as many arguments. */
  checkCount(frame: Frame): void {
    const { called, final, args } = this
    const { variadic, parameters, misfit } = called
    const all = args.length
    const fits = variadic ? all >= parameters.length - 1 : all === parameters.length
    if (!fits || misfit !== undefined) {
      checkCount(frame, called, { name: this.name, written: final === absent ? all : all - 1, all })
    }
  }
}

/** What a command calls: the name of a function, or a field, variable or chain that ends with that of a method. */
export function calleeOf(command: Stage): Operand {
  return (command.kind === kind.command ? command.first : command) as Operand
}

/** They evaluate no more of their arguments than they need. */
export const and: GoFunction | undefined = builtins.get('and')
export const or: GoFunction | undefined = builtins.get('or')

const callBuiltin = builtins.get('call')

/** Whether an argument of `and` and `or` decides: it is the result, and the rest is skipped. */
export function decides(called: GoFunction, value: Value): boolean {
  return isTrue(value) === (called === or)
}

/** Calls a function whose written arguments are all there. */
export function finishCall(frame: Frame, call: Call): Value {
  const { called, args, final } = call
  // Whether they are all spent is asked with the next statements.
  frame.machine.budget.steps -= args.length + 1
  if (final !== absent) args[call.count] = checkedArgument(frame, final ?? undefined, call.nextType)
  try {
    if (isTemplateFunction(called)) return enterTemplate(frame, call, called)
    if (called === callBuiltin) return callValue(calleeName(call.command, args[0]), args)
    return (called as Callable).call(...args)
  } catch (error) {
    throw functionFailure(frame, call, error)
  }
}

interface Callable {
  call(...args: readonly Value[]): Value
}

function enterTemplate(frame: Frame, call: Call, called: TemplateFunction): Value {
  return frame.machine.enter(frame, call, (called as Enterable).enter(...call.args))
}

interface Enterable {
  enter(...args: readonly Value[]): ReturnType<TemplateFunction['enter']>
}

function calleeName(command: Stage, value: Value): string {
  const first = command.kind === kind.command ? command.first.next : undefined
  if (first !== undefined) return nodeText(first)
  return typeof value === 'string' ? value : `<${typeOf(value)} Value>`
}
