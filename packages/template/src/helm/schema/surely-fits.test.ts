import type { ValueMap } from '@chartroom/go'
import { parseJson } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { SchemaCompiler } from './compile.ts'
import { SchemaDocument } from './document.ts'
import { knownDocument, requireByMetaschema, requireSchema } from './metaschema.ts'
import { SchemaError } from './schema-error.ts'
import { surelyFits } from './surely-fits.ts'
import { validate } from './validate.ts'

const parsed = (value: unknown): ValueMap => parseJson(JSON.stringify(value)) as ValueMap

/** What the whole way says: the metaschema, then every keyword. */
function fitsByAll(schema: object, values: object): boolean {
  const document = new SchemaDocument('file:///values.schema.json', parsed(schema))
  try {
    requireByMetaschema(document, '')
    const compiler = new SchemaCompiler({ known: knownDocument, require: requireSchema })
    return validate(compiler.compile(document), parsed(values)) === undefined
  } catch (error) {
    if (error instanceof SchemaError) return false
    throw error
  }
}

const drafts = [
  'http://json-schema.org/draft-04/schema#',
  'http://json-schema.org/draft-07/schema#',
  'https://json-schema.org/draft/2020-12/schema',
]

const parts: readonly object[] = [
  {},
  { type: 'object' },
  { type: ['string', 'null'] },
  { type: 'integer' },
  { type: 'strange' },
  { type: [] },
  { type: ['string', 'string'] },
  { type: 3 },
  { enum: ['a', false, null, 1] },
  { enum: [{}] },
  { enum: [] },
  { enum: 'a' },
  { title: 1 },
  { title: 'A', description: 'B', $comment: 'C', default: {} },
  { required: ['a'] },
  { required: [] },
  { required: ['a', 'a'] },
  { required: 'a' },
  { minimum: 1 },
  { maximum: 1 },
  { minimum: '1' },
  { items: { type: 'string' } },
  { items: [{ type: 'string' }] },
  { items: false },
  { items: { $ref: '#/nowhere' } },
  { properties: { a: { type: 'string' } } },
  { properties: { a: { type: 'string' } }, additionalProperties: false },
  { properties: { a: true }, additionalProperties: true },
  { properties: { z: { $ref: '#/nowhere' } } },
  { properties: { z: { minimum: 'x' } } },
  { properties: [] },
  { additionalProperties: false },
  { additionalProperties: { type: 'string' } },
  { additionalProperties: 1 },
  { pattern: '^a' },
  { not: {} },
  { $id: 'other' },
  { $schema: 'http://json-schema.org/draft-07/schema#' },
  { unknown: true },
]

const values: readonly unknown[] = [
  null,
  true,
  0,
  1,
  1.5,
  'a',
  'b',
  '',
  [],
  ['a'],
  ['a', 1],
  [null],
  {},
  { a: 'a' },
  { a: 1 },
  { a: null, b: 1 },
]

describe('values that surely fit', () => {
  it.each<[schema: object, given: object]>([
    [
      { type: 'object', properties: { a: { type: ['string', 'null'], enum: ['x', null] } } },
      { a: null, b: 1 },
    ],
    [{ properties: { a: { items: { minimum: 1, maximum: 2 } } }, required: ['a'] }, { a: [1, 1.5, 2] }],
    [{ properties: { a: {} }, additionalProperties: false, title: 'A' }, { a: [] }],
  ])('%j: %j', (schema, given) => {
    expect(surelyFits(parsed(schema), parsed(given))).toBe(true)
  })

  it.each(drafts)('fit by all keywords of %s too', ($schema) => {
    const wrong: string[] = []
    let sure = 0
    for (const part of parts) {
      for (const value of values) {
        const schema = { properties: { v: part }, $schema }
        if (!surelyFits(parsed(schema), parsed({ v: value }))) continue
        sure++
        if (!fitsByAll(schema, { v: value })) wrong.push(JSON.stringify([part, value]))
      }
    }
    expect(wrong).toEqual([])
    expect(sure).toBeGreaterThan(100)
  })

  it.each(drafts)('fit when the schema itself is of %s', ($schema) => {
    const wrong: string[] = []
    for (const part of parts) {
      for (const value of [{}, { a: 'a' }, { a: 1 }, { a: null, b: 1 }]) {
        const schema = { ...part, $schema }
        if (surelyFits(parsed(schema), parsed(value)) && !fitsByAll(schema, value)) {
          wrong.push(JSON.stringify([part, value]))
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('are none of a schema beyond the limits', () => {
    let deep: object = {}
    for (let i = 0; i <= limits.schemaDepth; i++) deep = { items: deep }
    expect(surelyFits(parsed(deep), new Map())).toBe(false)
    const many = { items: {} }
    const list = Array.from({ length: limits.schemaNodes }, () => 1)
    expect(surelyFits(parsed({ properties: { v: many } }), parsed({ v: list }))).toBe(false)
  })
})
