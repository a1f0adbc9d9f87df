import { ChartroomError } from '@chartroom/errors'
import type { GoFunction } from '@chartroom/go'
import { FunctionError } from '@chartroom/go'
import { TemplateError } from './error.ts'
import type { Frame } from './frame.ts'
import type { Node } from './node.ts'

/** A call of a function as errors speak of it. */
export interface NamedCall {
  readonly name: string
  /** What an error of the function is said to be at. */
  readonly node: Node
}

/** The error of a template, of what a function has thrown. */
export function functionFailure(frame: Frame, { name, node }: NamedCall, error: unknown): unknown {
  if (error instanceof FunctionError || error instanceof TemplateError) {
    frame.node = node
    const text = error instanceof TemplateError ? error.text : error.message
    return frame.error(`error calling ${name}: ${text}`, error)
  }
  // A text too long or a value nested too deep for JavaScript.
  if (error instanceof RangeError) {
    return new ChartroomError(
      'LIMIT_EXCEEDED',
      `template ${frame.template.name}: ${name}: ${error.message}`,
      {
        hint: 'Let the function make less of it.',
        cause: error,
      },
    )
  }
  return error
}

interface Counted {
  readonly name: string
  /** Arguments that are written behind the name; the result of the command before may be one more. */
  readonly written: number
  readonly all: number
}

/** Fails when a function cannot take as many arguments, as Go does before it evaluates them. */
export function checkCount(frame: Frame, called: GoFunction, { name, written, all }: Counted): void {
  const wanted = called.parameters.length
  if (called.variadic) {
    if (all < wanted - 1) {
      frame.fail(`wrong number of args for ${name}: want at least ${wanted - 1} got ${written}`)
    }
  } else if (all !== wanted) frame.fail(`wrong number of args for ${name}: want ${wanted} got ${all}`)
  if (called.misfit !== undefined) frame.fail(called.misfit)
}
