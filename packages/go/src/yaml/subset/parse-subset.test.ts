import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFull } from '../full.ts'
import type { YamlValue } from '../value.ts'
import { formatYaml } from '../write.ts'
import { toValue } from '../../value/to-value.ts'
import { parseSubset, parseSubsetValue } from './parse-subset.ts'

const usual = `# A chart's values
replicas: 2
image:
  repository: "ghcr.io/acme/app" # where
  tag: ''
  pullSecrets: []
args: ["--level", info, 1, {a: b}]
env:
- name: A
  value: 'it''s'
-   name: B
    value: >-
      folded
      text

      two
script: |
  #!/bin/sh
    echo "hi"	tab

  exit 0
plain: goes on
  here
on-off: yes
empty:
nested:
  - - 1
    - 0x10
  -
    key: ~
"quoted key": 1e3
url: http://a/b#c
`

const refused = new Error('refused')

/** What the full parser gives, or that it refuses. */
function full(text: string): YamlValue | Error {
  try {
    return parseFull(text, {})
  } catch {
    return refused
  }
}

function agrees(text: string): void {
  const ours = parseSubset(text)
  const tables = parseSubsetValue(text)
  expect(tables === undefined).toBe(ours === undefined)
  // What nobody asks for must be readable all the same; two fields of one name hinder only who asks for them.
  const fields = parseSubset(text, new Set(['image', 'a']))
  if (ours === undefined) {
    if (fields !== undefined) expect(full(text)).not.toBe(refused)
    return
  }
  const value = full(text)
  expect({ text, value: ours }).toEqual({ text, value })
  if (value instanceof Error) return
  expect({ text, tables }).toEqual({ text, tables: toValue(value) })
  expect({ text, fields }).toEqual({ text, fields: withFields(value, ['image', 'a']) })
}

/** All of what is no map; of a map the fields of these names. */
function withFields(value: YamlValue, names: readonly string[]): YamlValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name.toLowerCase())))
}

describe('parseSubset', () => {
  it('reads what charts are written in, as the full parser does', () => {
    const value = parseSubset(usual)
    expect(value).toBeDefined()
    expect(value).toEqual(full(usual))
  })

  it('gives maps without a prototype', () => {
    expect(Object.getPrototypeOf(parseSubset('__proto__: 1\n'))).toBeNull()
  })

  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge', 'a:\n  <<: 1\n'],
    ['a key that is a number', '1: a\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a tab before a key', '\ta: 1\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a list after a key on its line', 'a: - b\n'],
    ['a complex key', '? a\n: b\n'],
    ['two colons', 'a: b: c\n'],
    ['brackets over two lines', 'a: [1,\n  2]\n'],
    ['quotes over two lines', 'a: "b\n  c"\n'],
    ['infinity', 'a: .inf\n'],
    ['a deeper line that is no continuation', 'a: "b"\n  c: d\n'],
    ['a line less deep', '  a: 1\n b: 2\n'],
    ['an indentation indicator', 'a: |2\n    b\n'],
    ['an escape that YAML 1.1 has not', 'a: "b\\/c"\n'],
    ['line ends of Windows', 'a: 1\r\n'],
    ['a text alone', 'hello\n'],
    ['nothing', '# nothing\n'],
    ['depth', `${'- '.repeat(70)}a\n`],
  ])('leaves %s to the full parser', (_, text) => {
    expect(parseSubset(text)).toBeUndefined()
  })

  it('agrees on what the writer writes', () => {
    const { value } = fc.letrec<{ value: YamlValue; map: YamlValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.constantFrom<YamlValue>(null, true, 1, 1.5, 'yes', '0755', 'a: b', '# c', '- d', ' x ', 'a\nb\n'),
        fc.array(tie('value'), { maxLength: 4 }),
        tie('map'),
      ),
      map: fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: false }),
    }))
    fc.assert(
      fc.property(value, (one) => agrees(formatYaml(one))),
      { numRuns: 500 },
    )
  })

  it('agrees on usual texts that were damaged', () => {
    const pieces = [
      ' ',
      '\n',
      '  ',
      '- ',
      ': ',
      ':',
      '#',
      ' #',
      '"',
      "'",
      '|',
      '>',
      '\t',
      '[',
      ']',
      '{',
      '}',
      ',',
      '? ',
    ]
    const more = [
      ...pieces,
      '---\n',
      '\n\n',
      'a',
      '0',
      '-',
      '|-\n',
      'key: value\n',
      '&a ',
      '*a',
      '!t ',
      '\\',
      '...',
    ]
    const damage = fc.tuple(
      fc.nat(usual.length),
      fc.nat(6),
      fc.array(fc.constantFrom(...more), { maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), fc.nat(usual.length), (damages, from) => {
        let text = usual
        for (const [at, cut, put] of damages) text = text.slice(0, at) + put.join('') + text.slice(at + cut)
        agrees(text)
        agrees(text.slice(from))
      }),
      { numRuns: Number(process.env.CHARTROOM_FUZZ ?? 1000) },
    )
  })
})
