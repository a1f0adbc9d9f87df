import { quote } from '@chartroom/go'
import * as kind from './kind.ts'
import type { Command, Node, Pipe, Stage } from './node.ts'

/** A node as Go writes it in the `at <...>` of an error. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case kind.action:
      return `{{${node.pipe === undefined ? '' : nodeText(node.pipe)}}}`
    case kind.template:
      return `{{template ${quote(node.text)}${node.pipe === undefined ? '' : ` ${nodeText(node.pipe)}`}}}`
    case kind.pipe:
      return pipeText(node)
    case kind.command:
      return commandText(node)
    case kind.chain:
      return (node.base === undefined ? '' : stageText(node.base)) + node.text
    default:
      return node.text
  }
}

function pipeText(pipe: Pipe): string {
  const commands: string[] = []
  for (let stage: Stage | undefined = pipe.first; stage !== undefined; stage = stage.next)
    commands.push(stageText(stage))
  const text = commands.join(' | ')
  const { declaration } = pipe
  if (declaration === undefined) return text
  return `${declaration.variables.map(nodeText).join(', ')} ${declaration.assigns ? '=' : ':='} ${text}`
}

function commandText(command: Command): string {
  const operands: string[] = []
  for (let term: Stage | undefined = command.first; term !== undefined; term = term.next) {
    operands.push(stageText(term))
  }
  return operands.join(' ')
}

/** Pipelines inside others stand in parentheses. */
function stageText(stage: Stage): string {
  return stage.kind === kind.pipe ? `(${pipeText(stage)})` : nodeText(stage)
}

/** The place that Go gives a node: that of its second name, for a field or variable that has one. */
export function nodePlace(node: Node): number {
  const hasPlaceOfName = node.kind === kind.field || node.kind === kind.variable
  return node.at + (hasPlaceOfName ? Math.max(node.text.indexOf('.', 1), 0) : 0)
}
