import type { GoFunction, Value } from '@chartroom/go'
import type { Budget } from './budget.ts'
import { TemplateError } from './error.ts'
import type { Waiting } from './frame.ts'
import { Frame } from './frame.ts'
import type { NamedCall } from './invoke.ts'
import { functionFailure } from './invoke.ts'
import { suspended } from './marks.ts'
import { runList } from './statements.ts'
import type { TemplateSet } from './template-set.ts'
import type { Template } from './template.ts'
import type { Entry } from './template-function.ts'

export type MissingKey = 'default' | 'zero' | 'error'

export interface ExecuteOptions {
  /** Functions bound to this run, before those of the set. */
  readonly functions?: ReadonlyMap<string, GoFunction> | undefined
  /** What a key that a map has not is; `default` is no value, `zero` the nil of a map of any values. */
  readonly missingKey?: MissingKey | undefined
  readonly budget: Budget
}

const pieceLength = 32 * 1024

/**
 * Executes templates by walking their trees. Inside a template that is recursion. Where it enters another one, the
 * recursion ends, and leaves behind what is to go on afterwards: so templates may nest deeper than the stack of
 * JavaScript lasts.
 */
export class Machine {
  readonly budget: Budget
  readonly missingKey: MissingKey
  readonly set: TemplateSet
  readonly functions: ReadonlyMap<string, GoFunction> | undefined
  /** What waits for the template that was just entered, from the inside out. */
  readonly suspending: Waiting[] = []
  #entered: Frame | undefined = undefined
  /** Templates that are being executed, but the first. */
  #inside = 0
  /** What has been written, without the last piece of it. */
  #output = ''
  #piece = ''

  constructor(set: TemplateSet, options: ExecuteOptions) {
    this.set = set
    this.functions = options.functions
    this.budget = options.budget
    this.missingKey = options.missingKey ?? 'default'
  }

  run(template: Template, data: Value): string {
    const { suspending } = this
    const waiting: Waiting[] = []
    let frame = new Frame(this, template, data)
    try {
      let result = runList(frame, template.tree.root)
      for (;;) {
        while (result === suspended) {
          for (let next = suspending.pop(); next !== undefined; next = suspending.pop()) waiting.push(next)
          frame = this.#entered ?? frame
          waiting.push(frame)
          result = runList(frame, frame.template.tree.root)
        }
        const next = waiting.pop()
        if (next === undefined) return this.#output + this.#piece
        if (next === frame) frame = frame.outer ?? frame
        result = next.resume(frame, result)
      }
    } catch (error) {
      throw unwound(frame, error)
    }
  }

  /** `{{template}}`: the output goes on. */
  callTemplate(caller: Frame, template: Template, data: Value): Value {
    const { depth } = this.budget
    if (caller.depth >= depth) caller.fail(`exceeded maximum template depth (${depth})`)
    const frame = this.#enter(caller, template, data)
    frame.depth = caller.depth + 1
    frame.set = caller.set
    frame.functions = caller.functions
    return suspended
  }

  /** A function that executes a template: the output is its result. */
  enter(caller: Frame, call: NamedCall, entry: Entry): Value {
    const frame = this.#enter(caller, entry.template, entry.data)
    frame.set = entry.set
    frame.functions = entry.functions ?? caller.functions
    frame.entry = entry
    frame.call = call
    frame.output = this.#output + this.#piece
    this.#output = ''
    this.#piece = ''
    return suspended
  }

  #enter(caller: Frame, template: Template, data: Value): Frame {
    if (this.#inside >= this.budget.depth) throw this.budget.exceeded('depth', caller.template.name)
    this.#inside++
    const frame = new Frame(this, template, data)
    frame.outer = caller
    this.#entered = frame
    return frame
  }

  /** The end of a template that was entered: what the call of it gives. */
  leave({ entry, output }: Frame): Value {
    this.#inside--
    if (entry === undefined) return undefined
    const written = this.#output + this.#piece
    this.#output = output
    this.#piece = ''
    return entry.done(written)
  }

  write(text: string, frame: Frame): void {
    const { budget } = this
    budget.output -= text.length
    if (budget.output < 0) throw budget.exceeded('output', frame.template.name)
    this.#piece += text
    if (this.#piece.length > pieceLength) this.#flatten()
  }

  /** A text that has been added to is a tree to V8 until somebody looks into it; a large tree is slow. */
  #flatten(): void {
    this.#piece.codePointAt(0)
    this.#output += this.#piece
    this.#piece = ''
  }
}

/** An error on its way out, through the functions that have executed templates. */
function unwound(from: Frame, thrown: unknown): unknown {
  let error = thrown
  for (let frame = from; frame.outer !== undefined; frame = frame.outer) {
    const { outer, call, entry } = frame
    if (call === undefined || entry === undefined || !(error instanceof TemplateError)) continue
    error = functionFailure(outer, call, entry.failed(error))
  }
  return error
}
