import type { Constant } from './constant.ts'
import * as kind from './kind.ts'

// There are very many nodes, and most are never executed. So their fields are made by constructors alone, lists are
// chains without arrays, and texts stay as they are written until a node is evaluated.

/** A text or action; those of a list are chained. */
export class Statement {
  declare readonly kind: StatementKind
  /** Offset in the source. */
  declare readonly at: number
  /** The text; of a `template` the name. */
  declare readonly text: string
  declare pipe: Pipeline | undefined
  /** The first statements of the branches of an `if`, `range` or `with`. */
  declare body: Statement | undefined
  declare otherwise: Statement | undefined
  declare next: Statement | undefined

  constructor(kindOfNode: StatementKind, at: number, text: string) {
    this.kind = kindOfNode
    this.at = at
    this.text = text
    this.pipe = undefined
    this.body = undefined
    this.otherwise = undefined
    this.next = undefined
  }
}

export type BranchKind = typeof kind.if | typeof kind.range | typeof kind.with

export type StatementKind =
  | BranchKind
  | typeof kind.text
  | typeof kind.action
  | typeof kind.template
  | typeof kind.break
  | typeof kind.continue

/** A command alone, or a pipe. */
export type Pipeline = Pipe | Stage

/** A command: of a single operand it is that operand. Those of a pipe are chained. */
export type Stage = Command | Term

/** An operand, or a pipeline in parentheses. Those of a command are chained. */
export type Term = Operand | Pipe

/** A pipeline of several commands, with a declaration, or in parentheses. */
export class Pipe {
  declare readonly kind: typeof kind.pipe
  declare readonly at: number
  declare readonly first: Stage
  declare readonly declaration: Declaration | undefined
  declare next: Stage | undefined

  constructor(at: number, first: Stage, declaration: Declaration | undefined) {
    this.kind = kind.pipe
    this.at = at
    this.first = first
    this.declaration = declaration
    this.next = undefined
  }
}

/** `$x :=`, or with `=` an assignment. */
export class Declaration {
  readonly variables: Operand[] = []
  assigns = false
}

export function declarationOf(pipe: Pipeline | undefined): Declaration | undefined {
  return pipe?.kind === kind.pipe ? pipe.declaration : undefined
}

/** An operand with arguments. */
export class Command {
  declare readonly kind: typeof kind.command
  declare readonly at: number
  declare readonly first: Term
  /** How many arguments follow it. */
  declare readonly count: number
  declare next: Stage | undefined

  constructor(at: number, first: Term, count: number) {
    this.kind = kind.command
    this.at = at
    this.first = first
    this.count = count
    this.next = undefined
  }
}

/** What a command is called with, or calls. */
export class Operand {
  declare readonly kind: OperandKind
  declare readonly at: number
  /** As it is written; of a chain only its fields. */
  declare text: string
  declare next: Stage | undefined
  /** Of a variable: its place in the frame, -1 where it is unknown until the program runs into it. */
  declare slot: number
  /** Of a chain: what its fields are of. */
  declare base: Term | undefined
  /** Of a field, variable or chain, once it has been evaluated. */
  declare names: readonly string[] | undefined
  /** Of a constant, once it has been evaluated. */
  declare constant: Constant | undefined

  constructor(kindOfNode: OperandKind, at: number, text: string) {
    this.kind = kindOfNode
    this.at = at
    this.text = text
    this.next = undefined
    this.slot = -1
    this.base = undefined
    this.names = undefined
    this.constant = undefined
  }
}

/** The names of a field, variable or chain. */
export function namesOf(operand: Operand): readonly string[] {
  operand.names ??= namesIn(operand.text)
  return operand.names
}

// Splitting takes longer than all the rest of a usual field.
function namesIn(text: string): readonly string[] {
  const first = text.indexOf('.')
  if (first < 0) return none
  const second = text.indexOf('.', first + 1)
  if (second < 0) return [text.slice(first + 1)]
  const third = text.indexOf('.', second + 1)
  if (third < 0) return [text.slice(first + 1, second), text.slice(second + 1)]
  return text.slice(first + 1).split('.')
}

const none: readonly string[] = []

export type OperandKind =
  | typeof kind.bool
  | typeof kind.chain
  | typeof kind.dot
  | typeof kind.field
  | typeof kind.identifier
  | typeof kind.nil
  | typeof kind.number
  | typeof kind.string
  | typeof kind.variable

/** What an error may be at. */
export type Node = Statement | Pipeline

/** Where nothing is being evaluated. */
export const noNode: Node = new Operand(kind.nil, 0, '')
