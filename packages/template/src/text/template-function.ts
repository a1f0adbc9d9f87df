import type { FunctionError, GoFunction, Value } from '@chartroom/go'
import type { TemplateError } from './error.ts'
import type { TemplateSet } from './template-set.ts'
import type { Template } from './template.ts'

/** A template that a function executes. */
export interface Entry {
  readonly set: TemplateSet
  readonly template: Template
  readonly data: Value
  /** Functions bound to this execution, in place of those of the caller. */
  readonly functions?: ReadonlyMap<string, GoFunction> | undefined
  /** The result of the function, of what the template has written. */
  done(output: string): Value
  /** The error of the function, of the error in the template. */
  failed(error: TemplateError): TemplateError | FunctionError
}

/**
 * A function that executes a template, such as `include` and `tpl`. It only says which one; the engine goes
 * into it without a call of its own, so that templates may nest deeper than the stack of JavaScript lasts.
 */
export interface TemplateFunction extends GoFunction {
  /** The arguments are checked and converted like those of `call`. Throws a `FunctionError`. */
  readonly enter: (...args: never[]) => Entry
}

export function isTemplateFunction(called: GoFunction): called is TemplateFunction {
  return 'enter' in called
}
