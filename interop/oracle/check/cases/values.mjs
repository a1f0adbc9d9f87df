import { good, linted } from './head.mjs'

const withSchema = (schema, values) =>
  linted(good, {
    'values.schema.json': typeof schema === 'string' ? schema : JSON.stringify(schema),
    'values.yaml': values,
  })

/** Rules for values.yaml and its schema. */
export const valuesCases = {
  'no values': { files: { 'Chart.yaml': good, 'templates/x.txt': '' } },
  'values empty': linted(good, { 'values.yaml': '' }),
  'values of two documents': linted(good, { 'values.yaml': 'a: 1\n---\nb: 1\n' }),
  'values of two documents, the second broken': linted(good, { 'values.yaml': 'a: 1\n---\n- b\n' }),
  'values that are ignored': linted(good, { '.helmignore': 'values.yaml\n' }),
  'values ignored and broken': linted(good, { 'values.yaml': '- a\n', '.helmignore': 'values.yaml\n' }),
  'schema without values': {
    files: { 'Chart.yaml': good, 'values.schema.json': '{"required": ["b"]}', 'templates/x.txt': '' },
  },
  'values list': linted(good, { 'values.yaml': '- a\n' }),
  'values broken': linted(good, { 'values.yaml': 'a: [\n' }),
  'schema fits': withSchema({ properties: { a: { type: 'integer' } } }, 'a: 1\n'),
  'schema type': withSchema({ properties: { a: { type: 'string' } } }, 'a: 1\n'),
  'schema required': withSchema({ required: ['b'] }, 'a: 1\n'),
  'schema additional': withSchema({ additionalProperties: false, properties: {} }, 'a: 1\n'),
  'schema nested': withSchema({ properties: { a: { properties: { b: { enum: [1] } } } } }, 'a: {b: 2}\n'),
  'schema draft 7': withSchema(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      definitions: { t: { type: 'string' } },
      properties: { a: { $ref: '#/definitions/t' } },
    },
    'a: 1\n',
  ),
  'schema draft 4': withSchema(
    {
      $schema: 'http://json-schema.org/draft-04/schema#',
      properties: { a: { minimum: 1, exclusiveMinimum: true } },
    },
    'a: 1\n',
  ),
  'schema pattern escape': withSchema({ properties: { a: { pattern: '^a\\-b\\_c$' } } }, 'a: a-b_c\n'),
  'schema pattern fails': withSchema({ properties: { a: { pattern: '^[a-z]+$' } } }, 'a: A\n'),
  'schema null': withSchema({ properties: { a: { type: 'string' } } }, 'a: null\n'),
  'schema any of': withSchema(
    { properties: { a: { anyOf: [{ type: 'string' }, { type: 'object' }] } } },
    'a: 1\n',
  ),
  'schema broken': withSchema('{', 'a: 1\n'),
  'schema false': withSchema('false', 'a: 1\n'),
  'schema empty': withSchema('', 'a: 1\n'),
  'schema of hostile names': withSchema(
    '{"properties": {"__proto__": {"type": "string"}, "constructor": {"type": "string"}}}',
    '__proto__: 1\n',
  ),
  'schema fits with overrides': {
    ...withSchema({ properties: { a: { type: 'string' }, b: { type: 'object' } } }, 'a: 1\nb: {c: 1}\n'),
    values: { a: 'x', b: { d: 1 } },
  },
  'schema fails with overrides': {
    ...withSchema({ properties: { a: { type: 'string' } } }, 'a: x\n'),
    values: { a: 1 },
  },
  'a null of the overrides deletes': {
    ...withSchema({ required: ['a'] }, 'a: x\n'),
    values: { a: null },
  },
  'schema is skipped': { ...withSchema({ required: ['b'] }, 'a: 1\n'), skipSchema: true },
  'schema of a subchart': linted(`${good}dependencies: [{name: s, version: 0.1.0}]\n`, {
    'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
    'charts/s/values.schema.json': '{"required": ["x"]}',
  }),
  'schema of a subchart with overrides': {
    ...linted(`${good}dependencies: [{name: s, version: 0.1.0}]\n`, {
      'charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
      'charts/s/values.schema.json': '{"required": ["x"]}',
    }),
    values: { s: { x: 1 } },
  },
}
