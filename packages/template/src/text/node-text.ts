import { quote } from '@chartroom/go'
import type { Node } from './node.ts'
import { kind } from './node.ts'

/** A node as Go writes it in the `at <...>` of an error. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case kind.list:
      return node.nodes.map(nodeText).join('')
    case kind.action:
      return `{{${pipeText(node.pipe)}}}`
    case kind.pipe:
      return pipeText(node)
    case kind.command:
      return node.nodes.map(operandText).join(' ')
    case kind.if:
      return branchText('if', node)
    case kind.range:
      return branchText('range', node)
    case kind.with:
      return branchText('with', node)
    case kind.template:
      return `{{template ${quote(node.text)}${node.pipe === undefined ? '' : ` ${pipeText(node.pipe)}`}}}`
    case kind.field:
      return fieldsText(node)
    case kind.variable:
      return node.text + fieldsText(node)
    case kind.chain:
      return (node.body === undefined ? '' : operandText(node.body)) + fieldsText(node)
    default:
      return fixedTexts.get(node.kind) ?? node.text
  }
}

const fixedTexts: ReadonlyMap<number, string> = new Map([
  [kind.dot, '.'],
  [kind.nil, 'nil'],
  [kind.end, '{{end}}'],
  [kind.else, '{{else}}'],
  [kind.break, '{{break}}'],
  [kind.continue, '{{continue}}'],
])

function fieldsText(node: Node): string {
  return node.names.map((name) => `.${name}`).join('')
}

/** Pipelines inside others stand in parentheses. */
function operandText(node: Node): string {
  return node.kind === kind.pipe ? `(${pipeText(node)})` : nodeText(node)
}

function pipeText(pipe: Node | undefined): string {
  if (pipe === undefined) return ''
  const commands = pipe.nodes.map(nodeText).join(' | ')
  if (pipe.variables.length === 0) return commands
  return `${pipe.variables.map(nodeText).join(', ')} ${pipe.assigns ? '=' : ':='} ${commands}`
}

function branchText(word: string, node: Node): string {
  const body = node.body === undefined ? '' : nodeText(node.body)
  const otherwise = node.otherwise === undefined ? '' : `{{else}}${nodeText(node.otherwise)}`
  return `{{${word} ${pipeText(node.pipe)}}}${body}${otherwise}{{end}}`
}
