import type { Value, ValueMap } from '@chartroom/go'
import { parseYamlDocuments, toValue } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { argoCdApplication } from './argocd/application.ts'
import { fluxObjects } from './flux/flux.ts'
import { formatObjects, formatObjectsJson } from './format.ts'
import { limits } from './limits.ts'
import type { KubernetesObject, Values } from './object.ts'

const place = { kind: 'oci', host: 'h.test', repository: 'me/app', plainHttp: false } as const
const revision = { version: '1.0.0' }

function applicationOf(values: Values): KubernetesObject[] {
  return [...argoCdApplication({ place, revision, values, namespace: 'app' }).objects]
}

function releaseOf(values: Values): KubernetesObject[] {
  return [...fluxObjects({ place, revision, values, namespace: 'app' }).objects]
}

/** Where each kind of object has the values, read from YAML. */
function valuesIn(documents: readonly unknown[]): unknown {
  const last = documents.at(-1) as {
    spec: { values?: unknown; source?: { helm: { valuesObject?: unknown } } }
  }
  return last.spec.values ?? last.spec.source?.helm.valuesObject
}

/** As the other parser gives it. */
function plain(value: Value): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]))
  return Array.isArray(value) ? value.map(plain) : value
}

const hostile = [
  '',
  ' ',
  'a\nb',
  'a\r\nb',
  '\n\n',
  'text\n---\nkind: Secret',
  '---',
  '...',
  '--- x',
  'key: value',
  ': ',
  'a #comment',
  '#',
  '{{ .Values.x }}',
  '{{',
  '}}',
  '%YAML 1.1',
  '&anchor',
  '*alias',
  '!tag',
  '!!binary x',
  '| block',
  '> folded',
  '@at',
  '`tick`',
  '"quoted"',
  "it's",
  '\\n',
  '\t tab',
  'trailing ',
  '- item',
  '? key',
  '[a, b]',
  '{a: b}',
  'yes',
  'No',
  'on',
  'OFF',
  'y',
  'N',
  'true',
  'False',
  'null',
  'NULL',
  '~',
  'nan',
  '.nan',
  '.inf',
  '-.INF',
  '1e3',
  '1E+3',
  '0x10',
  '0o17',
  '017',
  '0b11',
  '1_000',
  '1:30',
  '12:30:45',
  '190:20:30.15',
  '2026-11-25',
  '2026-11-25T21:00:00Z',
  '=',
  '<<',
  '1.0',
  '-0',
  '+1',
  '.5',
  '12345678901234567890',
  '\u0000',
  '\u0007\u001b[31m',
  '\u007f',
  '\u0085',
  'a\u2028b\u2029c',
  '\ufeffbom',
  '\u00a0',
  '😀',
  '😀\u0085',
  'ünï',
  `${'x'.repeat(100)} ${'y'.repeat(100)}`,
  'z'.repeat(5000),
  ' leading\n  deeper\n back',
  'ends with newline\n',
  'ends with two\n\n',
  '$HOME ${HOME} $(id)',
  '__proto__',
]

describe('formatObjects', () => {
  it.each(hostile.map((text) => [text]))('keeps the text %j as a value, in a list and in a map', (text) => {
    const values: ValueMap = new Map<string, Value>([
      ['one', text],
      ['list', [text, [text]]],
      ['map', new Map([['inner', text]])],
    ])
    for (const objects of [applicationOf(values), releaseOf(values)]) expectSame(objects, values)
  })

  it.each(hostile.filter((text) => text.length <= limits.keyCharacters).map((text) => [text]))(
    'keeps the text %j as a key',
    (key) => {
      const values: ValueMap = new Map<string, Value>([[key, new Map([[key, [new Map([[key, 1]])]]])]])
      expectSame(applicationOf(values), values)
    },
  )

  it('keeps numbers, booleans, nulls and empty collections what they are', () => {
    const values = toValue({
      int: 3,
      negative: -7,
      float: 1.5,
      tiny: 1e-7,
      huge: 1e21,
      long: 9007199254740991,
      yes: true,
      no: false,
      nothing: null,
      list: [],
      map: {},
      nested: [[], {}, [{}]],
    }) as ValueMap
    expectSame(applicationOf(values), values)
    expectSame(releaseOf(values), values)
  })

  it('keeps a thousand trees made by chance', () => {
    const random = numbers(36)
    for (let round = 0; round < 1000; round++) {
      const values: ValueMap = new Map(
        Array.from({ length: 3 }, (_, index): [string, Value] => [`k${index}`, tree(random, 3)]),
      )
      expectSame(applicationOf(values), values)
    }
  })

  it('begins each document with a mark of its own', () => {
    const text = formatObjects(releaseOf(new Map([['a', '\n---\n']])))
    expect(text.match(/^---$/gm)).toHaveLength(2)
  })

  it('refuses an object that no cluster would keep', () => {
    const values: ValueMap = new Map([['a', 'x'.repeat(limits.objectBytes)]])
    expect(() => formatObjects(applicationOf(values))).toThrow(/more than a cluster keeps/)
  })

  it('refuses a key that no YAML in one line can say', () => {
    const key = 'k'.repeat(limits.keyCharacters + 1)
    expect(() => applicationOf(new Map([[key, 1]]))).toThrow(
      expect.objectContaining({ code: 'VALUES_INVALID' }),
    )
  })

  it('refuses values that are too deep', () => {
    let values: ValueMap = new Map()
    for (let level = 0; level < limits.depth + 2; level++) values = new Map([['a', values]])
    expect(() => applicationOf(values)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })

  it.each([
    ['infinity', Number.POSITIVE_INFINITY, /value a\.0 cannot stand/],
    ['no number', Number.NaN, /no number of JSON/],
    ['half a character', '\ud800', /no UTF-8/],
  ])('refuses %s and says where it is', (_, value, message) => {
    expect(() => applicationOf(new Map([['a', [value]]]))).toThrow(message)
  })
})

describe('formatObjectsJson', () => {
  it('gives one object as it is and several as a List', () => {
    const values: ValueMap = new Map([['a', '<&>']])
    const [application] = applicationOf(values)
    expect(JSON.parse(formatObjectsJson(applicationOf(values)))).toEqual(
      JSON.parse(JSON.stringify({ ...application, spec: specWith(application, { a: '<&>' }) })),
    )
    expect(JSON.parse(formatObjectsJson(releaseOf(values)))).toMatchObject({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ kind: 'OCIRepository' }, { kind: 'HelmRelease' }],
    })
  })
})

function specWith(object: KubernetesObject | undefined, valuesObject: object): object {
  const spec = object?.['spec'] as { source: { helm: object } }
  return { ...spec, source: { ...spec.source, helm: { ...spec.source.helm, valuesObject } } }
}

function expectSame(objects: readonly KubernetesObject[], values: ValueMap): void {
  const text = formatObjects(objects)
  const ours = parseYamlDocuments(text)
  expect(ours).toHaveLength(objects.length)
  expect(toValue(valuesIn(ours) as never)).toEqual(values)
  const others = parseAllDocuments(text, { version: '1.1' }).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS() as unknown
  })
  expect(valuesIn(others)).toEqual(plain(values))
  expect(JSON.parse(formatObjectsJson(objects))).toBeTypeOf('object')
}

/** A sequence that is the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function tree(random: (below: number) => number, depth: number): Value {
  const kind = random(depth === 0 ? 4 : 6)
  if (kind === 0) return random(2) === 0
  if (kind === 1) return random(1_000_000) - 500_000
  if (kind === 2) return (random(1_000_000) - 500_000) / 64
  if (kind === 3) return hostile[random(hostile.length)] ?? ''
  const size = random(4)
  if (kind === 4) return Array.from({ length: size }, () => tree(random, depth - 1))
  return new Map(
    Array.from({ length: size }, (_, index): [string, Value] => [
      `${['a', 'b: c', '- d', '{{e', '#f'][random(5)] ?? ''}${index}`,
      tree(random, depth - 1),
    ]),
  )
}
