import type { Value } from '@chartroom/go'
import { ChartroomError } from '@chartroom/errors'
import { quote } from '@chartroom/go'
import { limits } from '../limits.ts'
import { validateArray } from './array.ts'
import { asNumber, equals, fitsType, jsonType } from './compare.ts'
import type { Failure } from './failure.ts'
import { quoted } from './failure.ts'
import { formatFailure } from './format.ts'
import type { SchemaNode } from './node.ts'
import { validateConditions, validateUnevaluated } from './conditions.ts'
import { validateObject } from './object.ts'
import { validateNumber, validateString } from './scalar.ts'

/** Checks a value, in the order and words of santhosh-tekuri/jsonschema. Undefined when it fits. */
export function validate(node: SchemaNode, value: Value): Failure | undefined {
  const budget = { steps: limits.schemaSteps }
  return new Check(node, value, {
    at: [],
    parent: undefined,
    keyword: '',
    place: 0,
    depth: 0,
    unevaluated: evaluatedBy(node, value, false),
    budget,
  }).run()
}

/** Properties and items that no keyword has looked at yet. */
export interface Unevaluated {
  readonly properties: Set<string>
  readonly items: Set<number>
}

interface Scope {
  readonly at: readonly string[]
  readonly parent: Check | undefined
  /** Of a reference, that led here; else empty. */
  readonly keyword: string
  /** Checks of the same value have the same number. */
  readonly place: number
  /** How many checks there are around this one. */
  readonly depth: number
  readonly unevaluated: Unevaluated
  readonly budget: { steps: number }
}

/** One schema and one value. */
export class Check {
  readonly node: SchemaNode
  readonly value: Value
  readonly unevaluated: Unevaluated
  readonly failures: Failure[] = []
  readonly #scope: Scope

  constructor(node: SchemaNode, value: Value, scope: Scope) {
    this.node = node
    this.value = value
    this.unevaluated = scope.unevaluated
    this.#scope = scope
  }

  run(): Failure | undefined {
    const { node } = this
    if (--this.#scope.budget.steps < 0) throw exceeded(`takes more than ${limits.schemaSteps} steps`)
    if (this.#scope.depth > limits.schemaNesting) {
      throw exceeded(`nests more than ${limits.schemaNesting} checks for these values`)
    }
    if (node.always !== undefined) return node.always ? undefined : this.failure('false schema')
    const cycle = this.#cycle()
    if (cycle !== undefined) return this.failure(cycle)
    const early = this.#anyKind()
    if (early !== undefined) return early
    if (node.ref !== undefined) {
      const failed = this.reference(node.ref, '$ref')
      if (node.draft < 2019) return failed
      this.add(failed)
    }
    this.#byKind()
    if (node.draft >= 2019) this.#dynamicReferences()
    validateConditions(this)
    if (node.draft >= 2019) validateUnevaluated(this)
    const [first, ...others] = this.failures
    return others.length === 0 ? first : this.failure('validation failed', this.failures, 'group')
  }

  /** Another schema for the same value. */
  self(node: SchemaNode, keyword = ''): Failure | undefined {
    const wanted = this.unevaluated.properties.size > 0 || this.unevaluated.items.size > 0
    const unevaluated = evaluatedBy(node, this.value, wanted)
    const failed = new Check(node, this.value, this.#inner({ parent: this, keyword, unevaluated })).run()
    if (failed === undefined) this.#merge(unevaluated)
    return failed
  }

  /** A schema for a value below this one. */
  below(node: SchemaNode, value: Value, token: string): Failure | undefined {
    const at = [...this.#scope.at, token]
    const unevaluated = evaluatedBy(node, value, false)
    const place = this.#scope.place + 1
    return new Check(node, value, this.#inner({ at, parent: this, keyword: '', place, unevaluated })).run()
  }

  /** A schema for a name, which has no place of its own. */
  name(node: SchemaNode, name: string): Failure | undefined {
    const unevaluated = evaluatedBy(node, name, false)
    return new Check(node, name, this.#inner({ at: [], parent: undefined, keyword: '', unevaluated })).run()
  }

  #inner(changes: Partial<Scope>): Scope {
    return { ...this.#scope, ...changes, depth: this.#scope.depth + 1 }
  }

  reference(node: SchemaNode, keyword: string): Failure | undefined {
    const failed = this.self(node, keyword)
    if (failed === undefined) return undefined
    const causes = failed.kind === 'group' ? failed.causes : [failed]
    return this.failure('validation failed', causes, 'reference')
  }

  add(failure: Failure | undefined): void {
    if (failure !== undefined) this.failures.push(failure)
  }

  fail(text: string, causes: readonly Failure[] = []): void {
    this.failures.push(this.failure(text, causes))
  }

  failure(text: string, causes: readonly Failure[] = [], kind: Failure['kind'] = 'keyword'): Failure {
    return { at: this.#scope.at, kind, text, causes }
  }

  #anyKind(): Failure | undefined {
    const { node, value } = this
    const type = jsonType(value)
    if (type === undefined) return this.failure(`invalid jsonType ${typeof value}`)
    if (node.types !== undefined && !node.types.some((wanted) => fitsType(wanted, type, value))) {
      return this.failure(
        `got ${type}, want ${typeOrder.filter((one) => node.types?.includes(one)).join(' or ')}`,
      )
    }
    if (node.constant !== undefined && !equals(value, node.constant.value)) {
      return this.failure(constantText(node.constant.value))
    }
    if (node.choices !== undefined && !node.choices.some((choice) => equals(value, choice))) {
      return this.failure(choicesText(node.choices))
    }
    const format = node.format === undefined ? undefined : formatFailure(node.format, value)
    return format === undefined ? undefined : this.failure(format)
  }

  #byKind(): void {
    if (this.value instanceof Map) validateObject(this, this.value)
    else if (Array.isArray(this.value)) validateArray(this, this.value)
    else if (typeof this.value === 'string') validateString(this, this.value)
    else validateNumber(this, asNumber(this.value))
  }

  #dynamicReferences(): void {
    const { recursiveRef, dynamicRef } = this.node
    if (recursiveRef !== undefined) {
      const target = recursiveRef.recursiveAnchor ? this.#outermostRecursive(recursiveRef) : recursiveRef
      this.add(this.reference(target, '$recursiveRef'))
    }
    if (dynamicRef === undefined) return
    const { node, anchor } = dynamicRef
    const isDynamic = anchor !== '' && node.dynamicAnchor === anchor
    this.add(this.reference(isDynamic ? this.#outermostDynamic(anchor, node) : node, '$dynamicRef'))
  }

  #outermostRecursive(fallback: SchemaNode): SchemaNode {
    let found = fallback
    for (const { node } of this.#scopes())
      if (node.resource.root().recursiveAnchor) found = node.resource.root()
    return found
  }

  #outermostDynamic(anchor: string, fallback: SchemaNode): SchemaNode {
    let found = fallback
    for (const { node } of this.#scopes()) found = node.resource.dynamic(anchor) ?? found
    return found
  }

  *#scopes(): Generator<Check> {
    yield this
    for (let outer = this.#scope.parent; outer !== undefined; outer = outer.#scope.parent) yield outer
  }

  /** A schema that refers to itself for the very same value. */
  #cycle(): string | undefined {
    for (let check = this.#scope.parent; check !== undefined; check = check.#scope.parent) {
      if (check.#scope.place !== this.#scope.place) return undefined
      if (check.node !== this.node) continue
      const ways = `both ${this.#way()} and ${check.#way()} resolve to`
      return `${ways} ${quote(this.node.location)} causing reference cycle`
    }
    return undefined
  }

  /** The keywords that have led here, from the root. */
  #way(): string {
    const { parent, keyword } = this.#scope
    if (parent === undefined) return ''
    const own = keyword === '' ? this.node.location.slice(parent.node.location.length) : `/${keyword}`
    return parent.#way() + own
  }

  #merge(other: Unevaluated): void {
    for (const name of this.unevaluated.properties) {
      if (!other.properties.has(name)) this.unevaluated.properties.delete(name)
    }
    for (const index of this.unevaluated.items) {
      if (!other.items.has(index)) this.unevaluated.items.delete(index)
    }
  }
}

function evaluatedBy({ object, array }: SchemaNode, value: Value, wanted: boolean): Unevaluated {
  const properties = new Set<string>()
  const items = new Set<number>()
  if (value instanceof Map && object.additionalProperties === undefined) {
    if (wanted || object.unevaluatedProperties !== undefined)
      for (const key of value.keys()) properties.add(key)
  }
  if (Array.isArray(value) && array.rest === undefined && (wanted || array.unevaluatedItems !== undefined)) {
    for (let index = array.first.length; index < value.length; index++) items.add(index)
  }
  return { properties, items }
}

const typeOrder = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object']

function constantText(value: Value): string {
  return isPlain(value) ? `value must be ${display(value)}` : "'const' failed"
}

function choicesText(choices: readonly Value[]): string {
  if (!choices.every(isPlain)) return "'enum' failed"
  return `value must be ${choices.length === 1 ? '' : 'one of '}${choices.map(display).join(', ')}`
}

function isPlain(value: Value): boolean {
  return !(value instanceof Map || Array.isArray(value))
}

/** A value of the schema, as the schema writes it. */
function display(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null) return '<nil>'
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'value'
}

function exceeded(what: string): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `the schema ${what}`, {
    hint: 'Look for references that multiply, or render with --skip-schema-validation.',
  })
}
