import type { GoFunction, Value } from '@chartroom/go'
import { FunctionError, quote } from '@chartroom/go'
import type { Entry, Template, TemplateFunction, TemplateSet } from '../../text/index.ts'
import { TemplateError } from '../../text/index.ts'
import { limits } from '../limits.ts'

/** The name of Helm's root template, which every text given to `tpl` has. */
export const rootName = 'gotpl'

/**
 * `include` and `tpl` of one rendering, which execute templates of the set that they are called from. They
 * count together how often each name is inside itself.
 */
export class Run {
  readonly #included = new Map<string, number>()

  functionsFor(set: TemplateSet): ReadonlyMap<string, GoFunction> {
    const functions = new Map<string, GoFunction>()
    const scope: Scope = { set, functions }
    functions.set(
      'include',
      entering((name, data) => this.#include(name, data, scope)),
    )
    functions.set(
      'tpl',
      entering((text, data) => this.#tpl(text, data, set)),
    )
    return functions
  }

  #include(name: string, data: Value, { set, functions }: Scope): Entry {
    const depth = this.#included.get(name) ?? 0
    if (depth > limits.include) {
      throw new FunctionError(
        `rendering template has a nested reference name: ${name}: unable to execute template`,
      )
    }
    const template = set.template(name)
    this.#included.set(name, depth + 1)
    const end = (): void => {
      this.#included.set(name, depth)
    }
    return {
      set,
      template,
      data,
      functions,
      done(output) {
        end()
        return output
      },
      failed(error) {
        end()
        return error
      },
    }
  }

  #tpl(text: string, data: Value, parent: TemplateSet): Entry {
    const set = parent.overlay()
    return {
      set,
      template: parsed(set, text),
      data,
      functions: this.functionsFor(set),
      done: (output) => output.replaceAll('<no value>', ''),
      failed: (error) =>
        new FunctionError(`error during tpl function execution for ${quote(text)}: ${error.text}`, {
          cause: error,
        }),
    }
  }
}

interface Scope {
  readonly set: TemplateSet
  readonly functions: ReadonlyMap<string, GoFunction>
}

function parsed(set: TemplateSet, text: string): Template {
  try {
    return set.add(rootName, text)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new FunctionError(`cannot parse template ${quote(text)}: ${error.text}`, { cause: error })
  }
}

/** A function of a text and any data that executes a template. */
function entering(enter: (text: string, data: Value) => Entry): TemplateFunction {
  return {
    parameters: ['string', 'any'],
    variadic: false,
    enter,
    call: () => {
      throw new FunctionError('not implemented')
    },
  }
}
