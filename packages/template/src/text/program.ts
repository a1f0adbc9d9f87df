import type { Machine } from './machine.ts'
import type { Node } from './node.ts'
import type { ParsedTree } from './parsed-text.ts'

/** What one instruction does. */
export type Step = (machine: Machine, node: Node, target: number) => void

/** A step, the node it belongs to, and where it may jump to or what its number is for. */
export class Instruction {
  declare readonly step: Step
  declare readonly node: Node
  declare target: number
  declare branches: Branches | undefined

  constructor(step: Step, node: Node, target: number) {
    this.step = step
    this.node = node
    this.target = target
    this.branches = undefined
  }
}

/** The bodies of an `if`, `with` or `range`, which become instructions when they are first entered: most never
 * are. */
export interface Branches {
  /** Where they begin, -1 as long as they are no instructions. */
  body: number
  otherwise: number
  readonly jumps: Jumps | undefined
  /** How many `with` are open around. */
  readonly withs: number
}

/** Where `break` and `continue` go. */
export interface Jumps {
  readonly breakTo: number
  readonly continueTo: number
  /** In the `else` of a range, which `break` ends too: how many `with` were open around it. */
  readonly withs: number | undefined
}

/** The instructions of one tree, in the order of their execution: arguments before their call. */
export class Program {
  readonly tree: ParsedTree
  readonly instructions: Instruction[] = []

  constructor(tree: ParsedTree) {
    this.tree = tree
  }

  emit(step: Step, node: Node, target = 0): Instruction {
    const instruction = new Instruction(step, node, target)
    this.instructions.push(instruction)
    return instruction
  }

  /** Where the next instruction will be. */
  get end(): number {
    return this.instructions.length
  }
}
