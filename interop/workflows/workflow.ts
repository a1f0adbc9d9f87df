import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token'
import {
  convertWorkflowTemplate,
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
  NoOperationTraceWriter,
  parseWorkflow,
} from '@actions/workflow-parser'

/** What stands in a workflow: plain data, with expressions where `${{ }}` is. */
export type Node = string | number | boolean | null | Expression | readonly Node[] | NodeMap
export type NodeMap = { readonly [key: string]: Node }

export class Expression {
  /** Without the braces; text around it has become `format(...)`. */
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export interface Step {
  readonly id: string | undefined
  /** How the log names it. */
  readonly name: string
  readonly fields: NodeMap
}

export interface Job {
  readonly id: string
  readonly needs: readonly string[]
  readonly steps: readonly Step[]
  readonly fields: NodeMap
}

export interface Workflow {
  readonly file: string
  readonly text: string
  readonly fields: NodeMap
  readonly on: NodeMap
  /** In an order in which each comes after what it needs. */
  readonly jobs: readonly Job[]
}

/** Reads a workflow as GitHub does; throws all that GitHub's own parser says of it. */
export async function readWorkflow(file: string, text: string): Promise<Workflow> {
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter())
  if (value !== undefined) await convertWorkflowTemplate(context, value)
  const errors = context.errors.getErrors().map(({ message }) => message)
  if (errors.length > 0 || value === undefined) throw new Error(`${file}: ${errors.join('\n')}`)
  const fields = mapOf(plain(value))
  return { file, text, fields, on: eventsOf(fields['on'] ?? null), jobs: inOrder(jobsOf(fields)) }
}

export function isMap(node: Node | undefined): node is NodeMap {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !(node instanceof Expression)
}

export function mapOf(node: Node | undefined): NodeMap {
  return isMap(node) ? node : {}
}

export function listOf(node: Node | undefined): readonly Node[] {
  if (node === undefined || node === null) return []
  return Array.isArray(node) ? (node as readonly Node[]) : [node]
}

function plain(token: TemplateToken): Node {
  if (isMapping(token)) {
    const fields: Record<string, Node> = Object.create(null) as Record<string, Node>
    for (const { key, value } of token) fields[key.toString()] = plain(value)
    return fields
  }
  if (isSequence(token)) return Array.from({ length: token.count }, (_, i) => plain(token.get(i)))
  if (isBasicExpression(token)) return new Expression(token.expression)
  if (isString(token) || isNumber(token) || isBoolean(token)) return token.value
  return null
}

function eventsOf(on: Node): NodeMap {
  if (typeof on === 'string') return { [on]: null }
  if (isMap(on)) return on
  return Object.fromEntries(listOf(on).map((name) => [String(name), null]))
}

function jobsOf(fields: NodeMap): Job[] {
  return Object.entries(mapOf(fields['jobs'])).map(([id, job]) => ({
    id,
    fields: mapOf(job),
    needs: listOf(mapOf(job)['needs']).map(String),
    steps: listOf(mapOf(job)['steps']).map((step, index) => stepOf(mapOf(step), index)),
  }))
}

function stepOf(fields: NodeMap, index: number): Step {
  const { id, name, uses, run } = fields
  const called = [name, uses, run].find((one) => typeof one === 'string')
  const line = typeof called === 'string' ? (called.split('\n', 1)[0] ?? '') : ''
  return { id: typeof id === 'string' ? id : undefined, name: `${index + 1} ${line}`, fields }
}

function inOrder(jobs: readonly Job[]): Job[] {
  const done: Job[] = []
  // Each round takes those whose needs are done; GitHub's parser has refused circles.
  for (let round = 0; round < jobs.length; round++) {
    const ready = jobs.filter(
      (job) => !done.includes(job) && job.needs.every((id) => done.some((one) => one.id === id)),
    )
    done.push(...ready)
  }
  return done
}
