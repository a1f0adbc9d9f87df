import type { Value } from '@chartroom/go'
import { parseJson } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { SchemaDocument } from './document.ts'
import type { Draft } from './draft.ts'
import { requireByMetaschema } from './metaschema.ts'
import { isPlainSchema } from './plain-schema.ts'
import { SchemaError } from './schema-error.ts'

const addresses: Readonly<Record<Draft, string>> = {
  4: 'http://json-schema.org/draft-04/schema#',
  6: 'http://json-schema.org/draft-06/schema#',
  7: 'http://json-schema.org/draft-07/schema#',
  2019: 'https://json-schema.org/draft/2019-09/schema',
  2020: 'https://json-schema.org/draft/2020-12/schema',
}

/** Values that keywords are given, right and wrong ones. */
const values: readonly unknown[] = [
  true,
  false,
  null,
  0,
  3,
  -1,
  1.5,
  '',
  'string',
  'a b',
  '^a+$',
  '(',
  '#',
  '#/definitions/a',
  '%zz',
  'http://json-schema.org/draft-07/schema#',
  [],
  ['string'],
  ['string', 'null'],
  ['a', 'a'],
  ['a', 1],
  ['a', null, false, 1, 1.5],
  [1, 1.0],
  [{}],
  [{ type: 'x' }],
  {},
  { type: 'object' },
  { type: 3 },
  { a: {} },
  { a: true },
  { a: { minimum: '1' } },
  { a: ['b'] },
  { '(': {} },
]

const keywords = [
  '$schema $id id $ref $comment $anchor $defs $recursiveRef title description default examples type enum const',
  'format pattern minLength maxLength minItems maxItems minProperties maxProperties uniqueItems minimum maximum',
  'exclusiveMinimum exclusiveMaximum multipleOf required properties patternProperties definitions dependencies',
  'additionalProperties additionalItems items prefixItems contains allOf anyOf oneOf not if then else readOnly',
  'propertyNames unevaluatedProperties dependentRequired contentMediaType unknown',
].flatMap((line) => line.split(' '))

/** Whether the metaschema has something against it. */
function isRefused(schema: Value): boolean {
  try {
    requireByMetaschema(new SchemaDocument('file:///values.schema.json', schema), '')
    return false
  } catch (error) {
    if (error instanceof SchemaError) return true
    throw error
  }
}

describe('a schema that is plain', () => {
  it.each<[schema: object]>([
    [{ type: 'object', properties: { a: { type: ['string', 'null'], enum: ['x', 'y'] } }, required: ['a'] }],
    [{ definitions: { a: { minimum: 1, pattern: '^a' } }, allOf: [{ $ref: '#/definitions/a' }] }],
    [{ items: { additionalProperties: false }, title: 'A', description: 'B', default: [1] }],
  ])('is known as such: %j', (schema) => {
    expect(isPlainSchema(parseJson(JSON.stringify(schema)), 7)).toBe(true)
  })

  it.each([4, 6, 7, 2019, 2020] as const)('is one by the metaschema of draft %d too', (draft) => {
    const wrong: string[] = []
    for (const keyword of keywords) {
      for (const value of values) {
        const text = JSON.stringify({ $schema: addresses[draft], [keyword]: value })
        const schema = parseJson(text)
        if (isPlainSchema(schema, draft) && isRefused(schema)) wrong.push(text)
      }
    }
    expect(wrong).toEqual([])
  })
})
