import type { Value } from '@chartroom/go'
import { quote, typeOf } from '@chartroom/go'
import type { Frame, Waiting } from './frame.ts'
import { broken, continued, suspended } from './marks.ts'
import * as kind from './kind.ts'
import type { Statement } from './node.ts'
import { declarationOf } from './node.ts'
import { nodeText } from './node-text.ts'
import { runPipeline } from './pipeline.ts'
import { printed } from './printed.ts'
import type { Loop } from './range.ts'
import { loopOver, nextElement } from './range.ts'
import { isTrue } from './truth.ts'

/** Executes the statements of a list, from one on. Undefined, or one of the marks. */
export function runList(frame: Frame, first: Statement | undefined): Value {
  let steps = 1
  for (let statement = first; statement !== undefined; statement = statement.next) {
    steps++
    const result = (runs[statement.kind] as Run)(frame, statement)
    if (result === undefined) continue
    frame.spend(steps)
    const { next } = statement
    return result === suspended && next !== undefined ? frame.await(new RestOfList(next)) : result
  }
  frame.spend(steps)
  return undefined
}

class RestOfList implements Waiting {
  declare readonly next: Statement

  constructor(next: Statement) {
    this.next = next
  }

  resume(frame: Frame, result: Value): Value {
    return result === undefined ? runList(frame, this.next) : result
  }
}

type Run = (frame: Frame, node: Statement) => Value

function writeText(frame: Frame, node: Statement): undefined {
  frame.machine.write(node.text, frame)
}

/** A statement whose pipeline is evaluated before. */
function withPipeline(frame: Frame, node: Statement): Value {
  const value = node.pipe === undefined ? undefined : runPipeline(frame, node.pipe)
  if (value === suspended) return frame.await(new RestOfStatement(node))
  return (finishes[node.kind] as Finish)(frame, node, value)
}

class RestOfStatement implements Waiting {
  declare readonly node: Statement

  constructor(node: Statement) {
    this.node = node
  }

  resume(frame: Frame, value: Value): Value {
    return (finishes[this.node.kind] as Finish)(frame, this.node, value)
  }
}

/** What a statement does with the value of its pipeline. */
type Finish = (frame: Frame, node: Statement, value: Value) => Value

/** The value of an action is written; a declaration writes nothing. */
function print(frame: Frame, node: Statement, value: Value): undefined {
  if (declarationOf(node.pipe) !== undefined) return
  if (typeof value === 'string') {
    frame.machine.write(value, frame)
    return
  }
  const text = printed(value)
  if (text === undefined) {
    frame.node = node
    frame.fail(`can't print ${nodeText(node)} of type ${typeOf(value)}`)
  }
  frame.machine.write(text, frame)
}

function runIf(frame: Frame, node: Statement, value: Value): Value {
  return runList(frame, isTrue(value) ? node.body : node.otherwise)
}

/** A value that is true is the dot of the body. */
function runWith(frame: Frame, node: Statement, given: Value): Value {
  const value = given ?? undefined
  if (!isTrue(value)) return runList(frame, node.otherwise)
  const { dot, dotIsInterface } = frame
  frame.dot = value
  frame.dotIsInterface = false
  const result = runList(frame, node.body)
  if (result === suspended) return frame.await(new EndOfWith(dot, dotIsInterface))
  frame.dot = dot
  frame.dotIsInterface = dotIsInterface
  return result
}

class EndOfWith implements Waiting {
  declare readonly dot: Value
  declare readonly dotIsInterface: boolean

  constructor(dot: Value, dotIsInterface: boolean) {
    this.dot = dot
    this.dotIsInterface = dotIsInterface
  }

  resume(frame: Frame, result: Value): Value {
    frame.dot = this.dot
    frame.dotIsInterface = this.dotIsInterface
    return result
  }
}

function runRange(frame: Frame, node: Statement, value: Value): Value {
  const loop = loopOver(frame, node, value)
  if (loop !== undefined) return runLoop(frame, loop)
  const result = runList(frame, node.otherwise)
  return result === suspended ? frame.await(endOfElse) : endOfElse.resume(frame, result)
}

/** A `{{break}}` in the `else` of a range ends that, though nothing is ranged over. */
const endOfElse: Waiting = {
  resume: (_frame, result) => (result === broken ? undefined : result),
}

function runLoop(frame: Frame, loop: Loop): Value {
  const { body } = loop.node
  while (loop.next < loop.length) {
    nextElement(frame, loop)
    const result = runList(frame, body)
    if (result === suspended) return frame.await(new RestOfLoop(loop))
    if (result === broken) break
  }
  frame.dot = loop.dot
  frame.dotIsInterface = loop.dotIsInterface
  return undefined
}

class RestOfLoop implements Waiting {
  declare readonly loop: Loop

  constructor(loop: Loop) {
    this.loop = loop
  }

  resume(frame: Frame, result: Value): Value {
    if (result === broken) this.loop.next = this.loop.length
    return runLoop(frame, this.loop)
  }
}

/** `{{template}}` names one that there is, before its pipeline is evaluated. */
function runTemplate(frame: Frame, node: Statement): Value {
  frame.node = node
  if (!frame.set.has(node.text)) frame.fail(`template ${quote(node.text)} not defined`)
  return withPipeline(frame, node)
}

function callTemplate(frame: Frame, node: Statement, data: Value): Value {
  return frame.machine.callTemplate(frame, frame.set.template(node.text), data)
}

/** By the kind of a node. */
const runs: Run[] = []
runs[kind.text] = writeText
runs[kind.action] = withPipeline
runs[kind.if] = withPipeline
runs[kind.with] = withPipeline
runs[kind.range] = withPipeline
runs[kind.template] = runTemplate
runs[kind.break] = () => broken
runs[kind.continue] = () => continued

const finishes: Finish[] = []
finishes[kind.action] = print
finishes[kind.if] = runIf
finishes[kind.with] = runWith
finishes[kind.range] = runRange
finishes[kind.template] = callTemplate
