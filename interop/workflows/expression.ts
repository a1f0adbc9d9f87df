import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import type { FunctionDefinition } from '@actions/expressions/funcs/info'
import { Expression, isMap } from './workflow.ts'
import type { Node } from './workflow.ts'

/** Plain data, as contexts are made of. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }

export type Status = 'success' | 'failure' | 'cancelled'

export interface Scope {
  /** `github`, `env`, `steps` ... by name. */
  readonly contexts: Readonly<Record<string, Value>>
  /** Of what came before; what was skipped is neither well nor badly done. */
  readonly status: Status | 'skipped'
  /** `hashFiles`, which reads the working folder. */
  hashFiles(patterns: readonly string[]): string
}

/** The value of what stands in a workflow, with all expressions in it evaluated. */
export function evaluate(node: Node | undefined, scope: Scope): Value {
  if (node === undefined) return null
  if (node instanceof Expression) return fromData(evaluated(node.text, scope))
  if (isMap(node))
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, evaluate(value, scope)]))
  if (Array.isArray(node)) return (node as readonly Node[]).map((one) => evaluate(one, scope))
  return node as Value
}

/** As text, as it is put into an environment or a script. */
export function text(node: Node | undefined, scope: Scope): string {
  return asText(evaluate(node, scope))
}

export function asText(value: Value): string {
  return toData(value).coerceString()
}

/** Whether a job or step runs: without a status function in it, a condition also asks that nothing has failed. */
export function holds(condition: Node | undefined, scope: Scope): boolean {
  const written =
    condition instanceof Expression
      ? condition.text
      : String(condition ?? '').replace(/^\s*\$\{\{|\}\}\s*$/g, '')
  const asksStatus = /\b(success|failure|always|cancelled)\s*\(/i.test(written)
  if (!asksStatus && scope.status !== 'success') return false
  return written.trim() === '' || isTrue(evaluated(written, scope))
}

function isTrue(value: data.ExpressionData): boolean {
  if (value.kind === data.Kind.Null) return false
  if (value.kind === data.Kind.Boolean) return value.value
  if (value.kind === data.Kind.Number) return value.value !== 0 && !Number.isNaN(value.value)
  return value.kind !== data.Kind.String || value.value !== ''
}

function evaluated(expression: string, scope: Scope): data.ExpressionData {
  const functions = functionsOf(scope)
  const { tokens } = new Lexer(expression).lex()
  // Names of contexts that are not here are errors, as they are at GitHub.
  const parsed = new Parser(tokens, Object.keys(scope.contexts), functions).parse()
  const contexts = new data.Dictionary(
    ...Object.entries(scope.contexts).map(([key, value]) => ({ key, value: toData(value) })),
  )
  return new Evaluator(
    parsed,
    contexts,
    new Map(functions.map((one) => [one.name.toLowerCase(), one])),
  ).evaluate()
}

function functionsOf(scope: Scope): FunctionDefinition[] {
  const statusFunction = (name: string, isSo: boolean): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(isSo),
  })
  return [
    statusFunction('success', scope.status === 'success'),
    statusFunction('failure', scope.status === 'failure'),
    statusFunction('cancelled', scope.status === 'cancelled'),
    statusFunction('always', true),
    {
      name: 'hashFiles',
      minArgs: 1,
      maxArgs: 255,
      call: (...patterns) =>
        new data.StringData(scope.hashFiles(patterns.map((pattern) => pattern.coerceString()))),
    },
  ]
}

function toData(value: Value): data.ExpressionData {
  if (value === null) return new data.Null()
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (Array.isArray(value)) return new data.Array(...(value as readonly Value[]).map(toData))
  return new data.Dictionary(
    ...Object.entries(value).map(([key, one]) => ({ key, value: toData(one as Value) })),
  )
}

function fromData(value: data.ExpressionData): Value {
  if (value.kind === data.Kind.Null) return null
  if (value.kind === data.Kind.Array) return value.values().map(fromData)
  if (value.kind === data.Kind.Dictionary)
    return Object.fromEntries(value.pairs().map(({ key, value: one }) => [key, fromData(one)]))
  return value.value
}
