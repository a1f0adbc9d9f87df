import type { ValueMap } from '@chartroom/go'

/** A version of JSON schema, by its year or, before those, its number. */
export type Draft = 4 | 6 | 7 | 2019 | 2020

const drafts = new Map<string, Draft>([
  ['json-schema.org/schema', 2020],
  ['json-schema.org/draft/2020-12/schema', 2020],
  ['json-schema.org/draft/2019-09/schema', 2019],
  ['json-schema.org/draft-07/schema', 7],
  ['json-schema.org/draft-06/schema', 6],
  ['json-schema.org/draft-04/schema', 4],
])

/** The draft of a `$schema`; undefined for one that nobody here knows. */
export function draftOfAddress(address: string): Draft | undefined {
  const scheme = ['https://', 'http://'].find((one) => address.startsWith(one)) ?? ''
  return drafts.get(address.slice(scheme.length, address.endsWith('#') ? -1 : undefined))
}

/** Keywords that hold a schema, schemas by name, or a list of them; with the draft that they came with. */
const single: readonly (readonly [string, Draft])[] = [
  ['not', 4],
  ['additionalProperties', 4],
  ['items', 4],
  ['additionalItems', 4],
  ['propertyNames', 6],
  ['contains', 6],
  ['if', 7],
  ['then', 7],
  ['else', 7],
  ['unevaluatedProperties', 2019],
  ['unevaluatedItems', 2019],
  ['contentSchema', 2019],
]
const named: readonly (readonly [string, Draft])[] = [
  ['definitions', 4],
  ['properties', 4],
  ['patternProperties', 4],
  ['dependencies', 4],
  ['$defs', 2019],
  ['dependentSchemas', 2019],
]
const listed: readonly (readonly [string, Draft])[] = [
  ['allOf', 4],
  ['anyOf', 4],
  ['oneOf', 4],
  ['items', 4],
  ['prefixItems', 2020],
]

/** The schemas right below one, each with its JSON pointer from there. */
export function subschemas(schema: ValueMap, draft: Draft): { pointer: string; schema: ValueMap }[] {
  const found: { pointer: string; schema: ValueMap }[] = []
  const add = (pointer: string, value: unknown): void => {
    if (value instanceof Map) found.push({ pointer, schema: value as ValueMap })
  }
  for (const [key] of single.filter(([, from]) => from <= draft)) add(`/${key}`, schema.get(key))
  for (const [key] of named.filter(([, from]) => from <= draft)) {
    const map = schema.get(key)
    if (map instanceof Map) for (const [name, value] of map) add(`/${key}/${escapeToken(name)}`, value)
  }
  for (const [key] of listed.filter(([, from]) => from <= draft)) {
    const list = schema.get(key)
    if (Array.isArray(list)) list.forEach((value, index) => add(`/${key}/${index}`, value))
  }
  return found
}

/** A name as one token of a JSON pointer. */
export function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
