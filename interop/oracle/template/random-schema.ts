import type { GoldenCase } from '../../../packages/template/test/golden-case.ts'
import type { GoldenValue } from '../../../packages/template/test/typed-value.ts'
import type { Random } from './random.ts'

const names = ['a', 'b', 'c'] as const
const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const
const drafts = [
  'http://json-schema.org/draft-04/schema#',
  'http://json-schema.org/draft-06/schema#',
  'http://json-schema.org/draft-07/schema#',
  'https://json-schema.org/draft/2019-09/schema',
  'https://json-schema.org/draft/2020-12/schema',
]
const formats = [
  'ipv4',
  'ipv6',
  'email',
  'uri',
  'date',
  'date-time',
  'hostname',
  'regex',
  'uuid',
  'duration',
  'json-pointer',
  'nonsense',
]
const texts = [
  '',
  'a',
  'abc',
  '1.2.3.4',
  '::1',
  'a@b.c',
  'http://h/x',
  '2020-01-02',
  '2020-01-02T03:04:05Z',
  'h-o.st',
  '^a',
  'P1D',
  '/a/b',
  '00000000-0000-0000-0000-000000000000',
  'é日',
]

/** A chart whose values a schema takes or refuses. */
export function randomSchema(random: Random): GoldenCase {
  const schema = schemaOf(random, 3)
  const root = typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? schema : {}
  const definitions = { definitions: { d: schemaOf(random, 1), e: schemaOf(random, 1) } }
  const whole = {
    ...(random.chance(0.4) ? { $schema: random.pick(drafts) } : {}),
    ...root,
    ...definitions,
  }
  const files = { 'values.schema.json': JSON.stringify(whole) }
  return { engine: 'helm', files, values: randomValues(random, 3), template: '{{ toJson .Values }}' }
}

function schemaOf(random: Random, depth: number): GoldenValue {
  if (random.chance(0.04)) return random.chance(0.7)
  const keywords = random.list(random.between(1, 3), () => keyword(random, depth))
  return Object.fromEntries(keywords)
}

type Keyword = readonly [string, GoldenValue]

function keyword(random: Random, depth: number): Keyword {
  const below = () => schemaOf(random, depth - 1)
  const nested = depth > 0 ? 1 : 0
  const few = () => random.list(random.between(1, 3), below)
  const number = () => random.pick([0, 1, 2, 3, 1.5, -1])
  return random.weighted<Keyword>([
    [
      3,
      () => [
        'type',
        random.chance(0.7) ? random.pick(types) : [...new Set(random.list(2, () => random.pick(types)))],
      ],
    ],
    [1, () => ['enum', random.list(random.between(1, 3), () => randomValue(random, 1))]],
    [0.7, () => ['const', randomValue(random, 1)]],
    [2, () => [random.pick(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']), number()]],
    [0.6, () => ['multipleOf', random.pick([1, 2, 0.5, 0.1, 3])]],
    [
      1.5,
      () => [
        random.pick(['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']),
        random.between(0, 4),
      ],
    ],
    [0.7, () => ['pattern', random.pick(['^a', 'b+', '[0-9]', '\\d', '^$', 'é', '^(a|b)$'])]],
    [0.7, () => ['format', random.pick(formats)]],
    [1.5, () => ['required', [...new Set(random.list(random.between(1, 2), () => random.pick(names)))]]],
    [0.5, () => ['uniqueItems', random.chance(0.8)]],
    [4 * nested, () => ['properties', { [random.pick(names)]: below() }]],
    [0.7 * nested, () => ['patternProperties', { [random.pick(['^a', 'b', '.'])]: below() }]],
    [1.5 * nested, () => ['additionalProperties', random.chance(0.5) ? false : below()]],
    [0.5 * nested, () => ['propertyNames', below()]],
    [1.5 * nested, () => ['items', random.chance(0.85) ? below() : few()]],
    [0.4 * nested, () => ['prefixItems', few()]],
    [0.4 * nested, () => ['contains', below()]],
    [0.3, () => [random.pick(['minContains', 'maxContains']), random.between(0, 2)]],
    [1.5 * nested, () => [random.pick(['allOf', 'anyOf', 'oneOf']), few()]],
    [0.6 * nested, () => ['not', below()]],
    [0.6 * nested, () => [random.pick(['if', 'then', 'else']), below()]],
    [0.4, () => ['dependentRequired', { a: ['b'] }]],
    [0.4 * nested, () => ['dependentSchemas', { a: below() }]],
    [0.4 * nested, () => ['dependencies', { a: random.chance(0.5) ? ['b'] : below() }]],
    [
      0.3 * nested,
      () => [
        random.pick(['unevaluatedProperties', 'unevaluatedItems']),
        random.chance(0.6) ? false : below(),
      ],
    ],
    [0.7, () => ['$ref', random.pick(['#/definitions/d', '#/definitions/e'])]],
    [
      0.2,
      () => [random.pick(['title', 'description', 'default', 'examples', 'unknown']), random.pick(['x', 1])],
    ],
    [
      0.1,
      () => [
        random.pick(['type', 'required', 'properties', 'minimum', 'items', 'pattern']),
        random.pick(['x', 1, null, '(']),
      ],
    ],
  ])
}

function randomValues(random: Random, depth: number): { readonly [key: string]: GoldenValue } {
  return Object.fromEntries(
    names.filter(() => random.chance(0.6)).map((name) => [name, randomValue(random, depth - 1)]),
  )
}

function randomValue(random: Random, depth: number): GoldenValue {
  return random.weighted<GoldenValue>([
    [3, () => random.pick([0, 1, 2, 3, 1.5, 2.0, -1, 0.3, 1e6, 1e21])],
    [3, () => random.pick(texts)],
    [1, () => random.chance(0.5)],
    [depth > 0 ? 2 : 0, () => random.list(random.between(0, 3), () => randomValue(random, depth - 1))],
    [depth > 0 ? 3 : 0, () => randomValues(random, depth)],
  ])
}
