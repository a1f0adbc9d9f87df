import type { GoFunction, Value } from '@chartroom/go'
import { quote } from '@chartroom/go'
import { TemplateError } from './error.ts'
import type { NamedCall } from './invoke.ts'
import type { Machine } from './machine.ts'
import { suspended } from './marks.ts'
import type { Node } from './node.ts'
import { noNode } from './node.ts'
import { nodePlace, nodeText } from './node-text.ts'
import { positionOf } from './position.ts'
import type { TemplateSet } from './template-set.ts'
import type { Template } from './template.ts'
import type { Entry } from './template-function.ts'

/** What goes on when a template that was entered is done. */
export interface Waiting {
  /** @param result what the template has given, or what waited for it inside of this */
  resume(frame: Frame, result: Value): Value
}

/** A template that is being executed. */
export class Frame implements Waiting {
  declare readonly machine: Machine
  declare readonly template: Template
  declare set: TemplateSet
  declare functions: ReadonlyMap<string, GoFunction> | undefined
  declare dot: Value
  /** The dot has come out of a list or map of any values: Go's errors call its type `interface {}`. */
  declare dotIsInterface: boolean
  /** The variables; the first is `$`. */
  declare readonly slots: Value[]
  /** The same of variables as of the dot, by slot, where there are such. */
  declare interfaces: boolean[] | undefined
  /** What is being evaluated, for errors. */
  declare node: Node
  /** Templates inside each other by `{{template}}`. */
  declare depth: number
  /** The frame that has entered this one. */
  declare outer: Frame | undefined
  /** Of a function that executes a template, as are the next two; undefined for `{{template}}`. */
  declare entry: Entry | undefined
  declare call: NamedCall | undefined
  /** What was written before. */
  declare output: string

  constructor(machine: Machine, template: Template, data: Value) {
    // A nil that is handed in is no value.
    const dot = data ?? undefined
    this.machine = machine
    this.template = template
    this.set = machine.set
    this.functions = machine.functions
    this.dot = dot
    this.dotIsInterface = false
    this.slots = [dot]
    this.interfaces = undefined
    this.node = noNode
    this.depth = 0
    this.outer = undefined
    this.entry = undefined
    this.call = undefined
    this.output = ''
  }

  /** The end of a template that was entered. */
  resume(): Value {
    return this.machine.leave(this)
  }

  /** Lets something wait for the template that was just entered; what is inside of it has to come before. */
  await(waiting: Waiting): Value {
    this.machine.suspending.push(waiting)
    return suspended
  }

  /** Takes steps off the budget of the run. */
  spend(steps: number): void {
    const { budget } = this.machine
    budget.steps -= steps
    if (budget.steps < 0) throw budget.exceeded('steps', this.template.name)
  }

  lookUp(name: string): GoFunction | undefined {
    return this.functions?.get(name) ?? this.set.lookUp(name)
  }

  /** An error at the node that is being evaluated. */
  error(text: string, cause?: unknown): TemplateError {
    const { file, name, tree } = this.template
    const { line, column } = positionOf(tree.source, nodePlace(this.node))
    const where = `template: ${file}:${line}:${column}: executing ${quote(name)} at <${nodeText(this.node)}>`
    return new TemplateError(`${where}: ${text}`, { template: file, line, column, cause })
  }

  fail(text: string): never {
    throw this.error(text)
  }
}
