import { parseJsonMap } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { validateSchema } from './validate-tree.ts'

function check(schema: object | string, values: object): string | undefined {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema)
  return validateSchema(text, parseJsonMap(JSON.stringify(values)))
}

const of = (a: object): object => ({ properties: { a } })

describe('what does not fit a schema is said as helm says it', () => {
  it.each<[schema: object, values: object, report: string]>([
    [of({ type: 'integer' }), { a: 'x' }, "- at '/a': got string, want integer\n"],
    [of({ type: ['string', 'null'] }), { a: 1 }, "- at '/a': got number, want null or string\n"],
    [of({ minimum: 2.5 }), { a: 1 }, "- at '/a': minimum: got 1, want 2.5\n"],
    [of({ enum: ['x', 1] }), { a: 2 }, "- at '/a': value must be one of 'x', 1\n"],
    [of({ const: 'x' }), { a: 'y' }, "- at '/a': value must be 'x'\n"],
    [of({ pattern: '^a+$' }), { a: 'b' }, "- at '/a': 'b' does not match pattern '^a+$'\n"],
    [of({ maxLength: 1 }), { a: 'ää' }, "- at '/a': maxLength: got 2, want 1\n"],
    [of({ uniqueItems: true }), { a: [1, 1] }, "- at '/a': items at 0 and 1 are equal\n"],
    [of({ items: { type: 'string' } }), { a: ['', 1] }, "- at '/a/1': got number, want string\n"],
    [{ required: ['a', 'b'] }, {}, "- at '': missing properties 'a', 'b'\n"],
    [{ additionalProperties: false }, { a: 1 }, "- at '': additional properties 'a' not allowed\n"],
    [{ not: {} }, {}, "- at '': 'not' failed\n"],
  ])('%j', (schema, values, report) => {
    expect(check({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema }, values)).toBe(report)
  })

  it('and nothing where all fits', () => {
    expect(check(of({ type: 'integer', multipleOf: 5 }), { a: 10 })).toBeUndefined()
  })
})

describe('a schema from a stranger', () => {
  it.each(['https://example.com/schema.json', 'file:///etc/passwd', 'other.json'])(
    'gets nothing fetched: %s',
    (reference) => {
      expect(check({ $ref: reference }, {})).toMatch(/other\.json|example\.com|passwd/)
    },
  )

  it('may refer to itself', () => {
    const schema = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }
    expect(check(schema, {})).toMatch(/reference cycle/)
    const tree = { properties: { a: { $ref: '#' } }, additionalProperties: false }
    expect(check(tree, { a: { a: { a: {} } } })).toBeUndefined()
    expect(check(tree, { a: { a: { b: {} } } })).toContain("at '/a/a'")
  })

  it('ends when it multiplies', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => {
        const next = { $ref: `#/$defs/d${i + 1}` }
        return [`d${i}`, { allOf: [next, next] }]
      }),
    )
    const schema = { $ref: '#/$defs/d0', $defs: { ...$defs, d40: {} } }
    expect(() => check(schema, {})).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })

  it('has at most as many parts as its limit', () => {
    const allOf = Array.from({ length: limits.schemaNodes + 1 }, () => ({}))
    expect(check({ allOf }, {})).toBe(`the schema has more than ${limits.schemaNodes} parts`)
  })

  it('matches in time that grows with the text alone', () => {
    expect(check(of({ pattern: '^(a+)+$' }), { a: `${'a'.repeat(10_000)}b` })).toContain('does not match')
  })

  it('nests as deep as its limit, and no deeper', () => {
    const nested = (depth: number): string => `${'{"allOf":['.repeat(depth)}{}${']}'.repeat(depth)}`
    expect(check(nested(limits.schemaDepth), {})).toBeUndefined()
    expect(() => check(nested(limits.schemaDepth + 1), {})).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    )
    expect(check(nested(5000), {})).toBe('exceeded max depth')
  })

  it('checks values that nest, and no deeper than its limit', () => {
    const values = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    const schema = '{"properties":{"a":{"anyOf":[{"type":"number"},{"$ref":"#"}]}},"type":"object"}'
    expect(validateSchema(schema, parseJsonMap(values(limits.schemaNesting / 4)))).toBeUndefined()
    expect(() => validateSchema(schema, parseJsonMap(values(limits.schemaNesting)))).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    )
  })
})
