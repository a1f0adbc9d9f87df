import { ChartroomError } from '@chartroom/errors'
import type { GoFunction, Value } from '@chartroom/go'
import { FunctionError } from '@chartroom/go'
import { TemplateError } from './error.ts'
import type { Call } from './call.ts'
import type { Machine } from './machine.ts'
import type { Node } from './node.ts'

export interface Invocation {
  readonly called: GoFunction
  readonly name: string
  /** What an error of the function is said to be at. */
  readonly node: Node
}

/** Calls a function with arguments of its types. */
export function invoke(machine: Machine, { called, name, node }: Invocation, args: readonly Value[]): Value {
  try {
    return (called as Callable).call(...args)
  } catch (error) {
    throw functionFailure(machine, { name, node }, error)
  }
}

interface Callable {
  call(...args: readonly Value[]): Value
}

/** The error of a template, of what a function has thrown. */
export function functionFailure(
  machine: Machine,
  { name, node }: { readonly name: string; readonly node: Node },
  error: unknown,
): unknown {
  if (error instanceof FunctionError || error instanceof TemplateError) {
    machine.node = node
    const text = error instanceof TemplateError ? error.text : error.message
    return machine.error(`error calling ${name}: ${text}`, error)
  }
  // A text too long or a value nested too deep for JavaScript.
  if (error instanceof RangeError) {
    return new ChartroomError(
      'LIMIT_EXCEEDED',
      `template ${machine.template.name}: ${name}: ${error.message}`,
      {
        hint: 'Let the function make less of it.',
        cause: error,
      },
    )
  }
  return error
}

/** Fails when a function cannot take as many arguments, as Go does before it evaluates them. */
export function checkCount(machine: Machine, { called, name, hasFinal }: Call, given: number): void {
  const wanted = called.parameters.length
  const got = hasFinal ? given + 1 : given
  if (called.variadic) {
    if (got < wanted - 1) {
      machine.fail(`wrong number of args for ${name}: want at least ${wanted - 1} got ${given}`)
    }
  } else if (got !== wanted) machine.fail(`wrong number of args for ${name}: want ${wanted} got ${got}`)
  if (called.misfit !== undefined) machine.fail(called.misfit)
}
