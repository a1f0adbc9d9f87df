import type { GoFunction, Value } from '@chartroom/go'
import type { Budget } from './budget.ts'
import type { Call } from './call.ts'
import { compile } from './compile.ts'
import { functionFailure } from './invoke.ts'
import { TemplateError } from './error.ts'
import type { Loop } from './range.ts'
import { kind, Node } from './node.ts'
import { nodeText } from './node-text.ts'
import { positionOf } from './position.ts'
import type { Instruction, Program } from './program.ts'
import type { TemplateSet } from './template-set.ts'
import type { Template } from './template.ts'
import type { Entry } from './template-function.ts'
import { quote } from '@chartroom/go'

export type MissingKey = 'default' | 'zero' | 'error'

export interface ExecuteOptions {
  /** Functions bound to this run, before those of the set. */
  readonly functions?: ReadonlyMap<string, GoFunction> | undefined
  /** What a key that a map has not is; `default` is no value, `zero` the nil of a map of any values. */
  readonly missingKey?: MissingKey | undefined
  readonly budget: Budget
}

/** What is put aside while a template is executed inside another. */
interface Frame {
  readonly template: Template
  readonly program: Program
  readonly at: number
  readonly dot: Value
  readonly dotIsInterface: boolean
  readonly slots: Value[]
  readonly interfaces: boolean[] | undefined
  readonly node: Node
  readonly depth: number
  readonly set: TemplateSet
  readonly functions: ReadonlyMap<string, GoFunction> | undefined
  /** Of a function that executes a template: what it makes of the output, and what was written before. */
  readonly entry: Entry | undefined
  readonly called: string
  readonly callNode: Node
  readonly output: string
}

const pieceLength = 32 * 1024

const noNode = new Node(kind.list, 0)

/** Executes templates: a list of instructions, a stack of values, and a stack of frames instead of recursion. */
export class Machine {
  readonly budget: Budget
  readonly missingKey: MissingKey
  /** Results of commands, and arguments on their way. */
  readonly stack: Value[] = []
  /** The innermost call whose arguments are being evaluated. */
  call: Call | undefined = undefined
  readonly loops: Loop[] = []
  /** Dots that an open `with` has replaced, each with whether it was an interface. */
  readonly dots: Value[] = []
  /** What has been written, without the last piece of it. */
  #output = ''
  #piece = ''
  set: TemplateSet
  functions: ReadonlyMap<string, GoFunction> | undefined
  template: Template
  program: Program
  at = 0
  dot: Value = undefined
  /** The dot has come out of a list or map of any values: Go's errors call its type `interface {}`. */
  dotIsInterface = false
  slots: Value[] = []
  /** The same of variables, by slot, where there are such. */
  interfaces: boolean[] | undefined = undefined
  /** What is being evaluated, for errors. */
  node: Node = noNode
  depth = 0
  readonly #frames: Frame[] = []
  #running = true

  constructor(set: TemplateSet, template: Template, options: ExecuteOptions) {
    this.set = set
    this.template = template
    this.program = programOf(template)
    this.functions = options.functions
    this.budget = options.budget
    this.missingKey = options.missingKey ?? 'default'
  }

  run(data: Value): string {
    this.#begin(this.template, data)
    try {
      this.#loop()
    } catch (error) {
      throw this.#unwind(error)
    }
    return this.#output + this.#piece
  }

  #loop(): void {
    const { budget } = this
    while (this.#running) {
      const instruction = this.program.instructions[this.at++] as Instruction
      if (--budget.steps < 0) throw budget.exceeded('steps', this.template.name)
      instruction.step(this, instruction.node, instruction.target)
    }
  }

  #begin(template: Template, data: Value): void {
    this.template = template
    this.program = programOf(template)
    this.at = 0
    // A nil that is handed in is no value.
    this.dot = data ?? undefined
    this.dotIsInterface = false
    this.slots = new Array<Value>(template.tree.slots)
    this.slots[0] = this.dot
    this.interfaces = undefined
  }

  /** `{{template}}`: the output goes on. */
  callTemplate(template: Template, data: Value): void {
    if (this.depth >= this.budget.depth) {
      this.fail(`exceeded maximum template depth (${this.budget.depth})`)
    }
    this.#push(undefined, '', this.node)
    this.depth++
    this.#begin(template, data)
  }

  /** A function that executes a template: the output is its result. */
  enter(entry: Entry, called: string, callNode: Node): void {
    this.#push(entry, called, callNode)
    this.#output = ''
    this.#piece = ''
    this.depth = 0
    this.set = entry.set
    this.functions = entry.functions ?? this.functions
    this.#begin(entry.template, entry.data)
  }

  #push(entry: Entry | undefined, called: string, callNode: Node): void {
    if (this.#frames.length >= this.budget.depth) throw this.budget.exceeded('depth', this.template.name)
    const { template, program, at, dot, dotIsInterface, slots, interfaces, node, depth, set, functions } =
      this
    const output = entry === undefined ? '' : this.#output + this.#piece
    this.#frames.push({
      template,
      program,
      at,
      dot,
      dotIsInterface,
      slots,
      interfaces,
      node,
      depth,
      set,
      functions,
      entry,
      called,
      callNode,
      output,
    })
  }

  /** The end of a template: goes on where it was called. */
  leave(): void {
    const frame = this.#frames.pop()
    if (frame === undefined) {
      this.#running = false
      return
    }
    this.#restore(frame)
    if (frame.entry === undefined) return
    const written = this.#output + this.#piece
    this.#output = frame.output
    this.#piece = ''
    this.stack.push(frame.entry.done(written))
  }

  #restore(frame: Frame): void {
    this.template = frame.template
    this.program = frame.program
    this.at = frame.at
    this.dot = frame.dot
    this.dotIsInterface = frame.dotIsInterface
    this.slots = frame.slots
    this.interfaces = frame.interfaces
    this.node = frame.node
    this.depth = frame.depth
    this.set = frame.set
    this.functions = frame.functions
  }

  /** An error on its way out, through the functions that have executed templates. */
  #unwind(thrown: unknown): unknown {
    let error = thrown
    for (let frame = this.#frames.pop(); frame !== undefined; frame = this.#frames.pop()) {
      if (frame.entry === undefined || !(error instanceof TemplateError)) continue
      this.#restore(frame)
      error = functionFailure(this, { name: frame.called, node: frame.callNode }, frame.entry.failed(error))
    }
    return error
  }

  write(text: string): void {
    this.budget.output -= text.length
    if (this.budget.output < 0) throw this.budget.exceeded('output', this.template.name)
    this.#piece += text
    if (this.#piece.length > pieceLength) this.#flatten()
  }

  /** A text that has been added to is a tree to V8 until somebody looks into it; a large tree is slow. */
  #flatten(): void {
    this.#piece.codePointAt(0)
    this.#output += this.#piece
    this.#piece = ''
  }

  lookUp(name: string): GoFunction | undefined {
    return this.functions?.get(name) ?? this.set.lookUp(name)
  }

  /** An error at the node that is being evaluated. */
  error(text: string, cause?: unknown): TemplateError {
    const { file, name, tree } = this.template
    const { line, column } = positionOf(tree.source, this.node.at)
    const where = `template: ${file}:${line}:${column}: executing ${quote(name)} at <${nodeText(this.node)}>`
    return new TemplateError(`${where}: ${text}`, { template: file, line, column, cause })
  }

  fail(text: string): never {
    throw this.error(text)
  }
}

function programOf({ tree }: Template): Program {
  tree.program ??= compile(tree)
  return tree.program
}
