import type { Place } from './compile.ts'
import type { ArrayKeywords, NumberKeywords, ObjectKeywords, SchemaNode, StringKeywords } from './node.ts'

export function readObject(place: Place): ObjectKeywords {
  const patterns = [...place.map('patternProperties')]
  return {
    minProperties: place.whole('minProperties'),
    maxProperties: place.whole('maxProperties'),
    required: place.texts('required'),
    properties: place.map('properties'),
    patternProperties: patterns.map(
      ([pattern, node]) => [place.regexp(pattern, 'patternProperties'), node] as const,
    ),
    additionalProperties: additional(place, 'additionalProperties'),
    propertyNames: place.draft >= 6 ? place.one('propertyNames') : undefined,
    dependencies: dependencies(place),
    dependentRequired: place.draft >= 2019 ? requirements(place) : new Map(),
    dependentSchemas: place.draft >= 2019 ? place.map('dependentSchemas') : new Map(),
    unevaluatedProperties: place.draft >= 2019 ? place.one('unevaluatedProperties') : undefined,
  }
}

function additional(place: Place, key: string): boolean | SchemaNode | undefined {
  const value = place.schema.get(key)
  return typeof value === 'boolean' ? value : place.one(key)
}

function dependencies(place: Place): Map<string, readonly string[] | SchemaNode> {
  const map = place.schema.get('dependencies')
  const result = new Map<string, readonly string[] | SchemaNode>()
  if (!(map instanceof Map)) return result
  const nodes = place.map('dependencies')
  for (const [name, value] of map) {
    const node = nodes.get(name)
    if (Array.isArray(value))
      result.set(
        name,
        value.filter((one) => typeof one === 'string'),
      )
    else if (node !== undefined) result.set(name, node)
  }
  return result
}

function requirements(place: Place): Map<string, readonly string[]> {
  const map = place.schema.get('dependentRequired')
  const result = new Map<string, readonly string[]>()
  if (!(map instanceof Map)) return result
  for (const [name, value] of map) {
    if (Array.isArray(value))
      result.set(
        name,
        value.filter((one) => typeof one === 'string'),
      )
  }
  return result
}

export function readArray(place: Place): ArrayKeywords {
  const counted = place.draft >= 2019 && place.schema.has('contains')
  return {
    minItems: place.whole('minItems'),
    maxItems: place.whole('maxItems'),
    uniqueItems: place.flag('uniqueItems'),
    ...items(place),
    contains: place.draft >= 6 ? place.one('contains') : undefined,
    minContains: counted ? place.whole('minContains') : undefined,
    maxContains: counted ? place.whole('maxContains') : undefined,
    unevaluatedItems: place.draft >= 2019 ? place.one('unevaluatedItems') : undefined,
  }
}

function items(place: Place): Pick<ArrayKeywords, 'first' | 'rest'> {
  if (place.draft >= 2020) return { first: place.list('prefixItems'), rest: place.one('items') }
  if (!Array.isArray(place.schema.get('items'))) return { first: [], rest: place.one('items') }
  return { first: place.list('items'), rest: additional(place, 'additionalItems') }
}

export function readString(place: Place): StringKeywords {
  const pattern = place.text('pattern')
  return {
    minLength: place.whole('minLength'),
    maxLength: place.whole('maxLength'),
    pattern: pattern === undefined ? undefined : { regexp: place.regexp(pattern, 'pattern'), text: pattern },
  }
}

export function readNumber(place: Place): NumberKeywords {
  return {
    ...bound(place, 'minimum', 'exclusiveMinimum'),
    ...bound(place, 'maximum', 'exclusiveMaximum'),
    multipleOf: place.number('multipleOf'),
  } as NumberKeywords
}

/** In draft 4 `exclusive...` says true or false of the other. */
function bound(place: Place, key: string, exclusive: string): Record<string, number | undefined> {
  if (place.flag(exclusive)) return { [key]: undefined, [exclusive]: place.number(key) }
  return { [key]: place.number(key), [exclusive]: place.number(exclusive) }
}
