import { compilePipeline } from './compile-pipeline.ts'
import type { Node } from './node.ts'
import { kind } from './node.ts'
import type { ParsedTree } from './parsed-text.ts'
import type { Branches, Jumps, Step } from './program.ts'
import { Program } from './program.ts'
import { breakRange, continueRange, entersRange, nextInRange } from './range.ts'
import * as statements from './statements.ts'

/** The program of a tree; that of a body is added when it is first entered. */
export function compile(tree: ParsedTree): Program {
  const program = new Program(tree)
  compileList(program, tree.root, { jumps: undefined, withs: 0 })
  program.emit(statements.leaveTemplate, tree.root)
  return program
}

/** What is around a list. */
interface Around {
  readonly jumps: Jumps | undefined
  readonly withs: number
}

function compileList(program: Program, list: Node, around: Around): void {
  const { nodes } = list
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]
    if (node !== undefined) compileStatement(program, node, around)
  }
}

function compileStatement(program: Program, node: Node, around: Around): void {
  switch (node.kind) {
    case kind.text:
      program.emit(statements.writeText, node)
      return
    case kind.action:
      compilePipeline(program, node.pipe)
      program.emit(node.pipe?.variables.length === 0 ? statements.print : statements.drop, node)
      return
    case kind.if:
      compileBranch(program, node, { ...around, step: enterIf })
      return
    case kind.with:
      compileBranch(program, node, { ...around, step: enterWith })
      return
    case kind.range:
      compileBranch(program, node, { ...around, step: enterLoop })
      return
    case kind.template:
      program.emit(statements.checkTemplate, node)
      compilePipeline(program, node.pipe)
      program.emit(statements.callTemplate, node)
      return
    case kind.break:
      compileBreak(program, node, around)
      return
    default:
      program.emit(continueRange, node, around.jumps?.continueTo)
  }
}

/** Its target is its own place. What comes after it is executed after its branches, or instead of them. */
function compileBranch(
  program: Program,
  node: Node,
  { jumps, withs, step }: Around & { readonly step: Step },
): void {
  compilePipeline(program, node.pipe)
  const entering = program.emit(step, node, program.end)
  entering.branches = { body: -1, otherwise: -1, jumps, withs }
}

function compileBreak(program: Program, node: Node, { jumps, withs }: Around): void {
  if (jumps === undefined) return
  if (jumps.withs === undefined) program.emit(breakRange, node, jumps.breakTo)
  else {
    for (let open = withs; open > jumps.withs; open--) {
      program.emit(statements.leaveWith, node, program.end + 1)
    }
    program.emit(statements.jump, node, jumps.breakTo)
  }
}

const enterIf: Step = (machine, node, self) => {
  const program = machine.program
  const branches = program.instructions[self]?.branches
  if (branches === undefined) return
  if (statements.takesIf(machine)) {
    if (branches.body < 0) branches.body = compileBlock(program, node.body, { branches, self })
    machine.at = branches.body
  } else if (node.otherwise !== undefined) machine.at = otherwiseOf(program, node, { branches, self })
}

const enterWith: Step = (machine, node, self) => {
  const program = machine.program
  const branches = program.instructions[self]?.branches
  if (branches === undefined) return
  if (statements.takesWith(machine)) {
    if (branches.body < 0) {
      const inside = { ...branches, withs: branches.withs + 1 }
      branches.body = compileBlock(program, node.body, {
        branches: inside,
        self,
        leave: statements.leaveWith,
      })
    }
    machine.at = branches.body
  } else if (node.otherwise !== undefined) machine.at = otherwiseOf(program, node, { branches, self })
}

const enterLoop: Step = (machine, node, self) => {
  const program = machine.program
  const branches = program.instructions[self]?.branches
  if (branches === undefined) return
  if (entersRange(machine, node)) {
    if (branches.body < 0) branches.body = compileLoop(program, node, { branches, self })
    machine.at = branches.body
  } else if (node.otherwise !== undefined) {
    const { withs } = branches
    const jumps = { breakTo: self + 1, continueTo: branches.jumps?.continueTo ?? 0, withs }
    machine.at = otherwiseOf(program, node, { branches, self, inside: { ...branches, jumps } })
  }
}

interface Entered {
  readonly branches: Branches
  readonly self: number
  readonly leave?: Step
  readonly inside?: Branches
}

function otherwiseOf(program: Program, node: Node, { branches, self, inside }: Entered): number {
  if (branches.otherwise < 0) {
    branches.otherwise = compileBlock(program, node.otherwise, { branches: inside ?? branches, self })
  }
  return branches.otherwise
}

/** A list that goes on behind its branch; where it begins. */
function compileBlock(program: Program, list: Node | undefined, { branches, self, leave }: Entered): number {
  const begin = program.end
  if (list === undefined) return self + 1
  compileList(program, list, branches)
  program.emit(leave ?? statements.jump, list, self + 1)
  return begin
}

/** The body of a range, which begins with the step to the next element. */
function compileLoop(program: Program, node: Node, { branches, self }: Entered): number {
  const begin = program.end
  program.emit(nextInRange, node, self + 1)
  const jumps = { breakTo: self + 1, continueTo: begin, withs: undefined }
  if (node.body !== undefined) compileList(program, node.body, { jumps, withs: branches.withs })
  program.emit(statements.jump, node, begin)
  return begin
}
