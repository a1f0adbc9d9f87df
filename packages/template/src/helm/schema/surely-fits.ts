import type { Value, ValueMap } from '@chartroom/go'
import { limits } from '../limits.ts'
import { asNumber, equals, fitsType, jsonType } from './compare.ts'
import { draftOfAddress } from './draft.ts'
import { isDistinct, isDistinctTexts, isType } from './keyword-value.ts'

/**
 * Whether values certainly fit a schema, which certainly is one: of the keywords that schemas of values are mostly
 * written with, all as they must be. Says no whenever it is not sure; the answer then takes ten times as long.
 */
export function surelyFits(schema: Value, values: ValueMap): boolean {
  return fits(schema, values, { depth: 0, budget: { steps: limits.schemaNodes } })
}

interface Scope {
  readonly depth: number
  readonly budget: { steps: number }
}

/** Without a value only the schema itself is looked at. */
function fits(schema: Value, value: Value, scope: Scope): boolean {
  if (!(schema instanceof Map) || scope.depth >= limits.schemaDepth || --scope.budget.steps < 0) return false
  const type = value === undefined ? undefined : jsonType(value)
  if (value !== undefined && type === undefined) return false
  const subject: Subject = { value, type, schema, scope }
  for (const [keyword, given] of schema as ValueMap) {
    const keeps = keywords.get(keyword)
    if (keeps === undefined || !keeps(given, subject)) return false
  }
  return true
}

interface Subject {
  /** Undefined when there is none at this place. */
  readonly value: Value
  readonly type: string | undefined
  /** What the keyword stands in. */
  readonly schema: ValueMap
  readonly scope: Scope
}

type Keeps = (given: Value, subject: Subject) => boolean

const isText: Keeps = (given) => typeof given === 'string'

const keywords: ReadonlyMap<string, Keeps> = new Map<string, Keeps>([
  ['$schema', (given, { scope }) => scope.depth === 0 && isKnownDraft(given)],
  ['title', isText],
  ['description', isText],
  ['$comment', isText],
  ['default', () => true],
  ['type', keepsType],
  ['enum', keepsEnum],
  ['required', keepsRequired],
  ['properties', keepsProperties],
  ['additionalProperties', keepsAdditional],
  ['items', keepsItems],
  ['minimum', (given, { value }) => keepsBound(given, value, (number, bound) => number >= bound)],
  ['maximum', (given, { value }) => keepsBound(given, value, (number, bound) => number <= bound)],
])

function isKnownDraft(given: Value): boolean {
  return typeof given === 'string' && draftOfAddress(given) !== undefined
}

function keepsType(given: Value, { value, type }: Subject): boolean {
  if (!isType(given)) return false
  if (type === undefined) return true
  const wanted = Array.isArray(given) ? given : [given]
  return wanted.some((one) => typeof one === 'string' && fitsType(one, type, value))
}

function keepsEnum(given: Value, { value }: Subject): boolean {
  return isDistinct(given) && (value === undefined || given.some((choice) => equals(value, choice)))
}

function keepsRequired(given: Value, { value }: Subject): boolean {
  if (!isDistinctTexts(given)) return false
  return !(value instanceof Map) || given.every((name) => value.has(name))
}

function keepsProperties(given: Value, { value, scope }: Subject): boolean {
  if (!(given instanceof Map)) return false
  const table = value instanceof Map ? (value as ValueMap) : undefined
  const below = deeper(scope)
  for (const [name, schema] of given as ValueMap) {
    const own = table?.get(name)
    // No value is another thing than one that JSON has not.
    if (own === undefined && table?.has(name) === true) return false
    if (!fits(schema, own, below)) return false
  }
  return true
}

function keepsAdditional(given: Value, { value, schema }: Subject): boolean {
  if (given === true || !(value instanceof Map)) return typeof given === 'boolean'
  const properties = schema.get('properties')
  if (given !== false || !(properties instanceof Map)) return false
  return [...value.keys()].every((name) => properties.has(name))
}

function keepsItems(given: Value, { value, scope }: Subject): boolean {
  const items = Array.isArray(value) && value.length > 0 ? value : [undefined]
  return items.every((item) => fits(given, item, deeper(scope)))
}

function keepsBound(given: Value, value: Value, holds: (number: number, bound: number) => boolean): boolean {
  const number = asNumber(value)
  return typeof given === 'number' && (number === undefined || holds(number, given))
}

function deeper({ depth, budget }: Scope): Scope {
  return { depth: depth + 1, budget }
}
