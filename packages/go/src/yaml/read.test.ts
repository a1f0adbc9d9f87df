import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { parseYaml, parseYamlDocuments } from './read.ts'
import { formatYaml } from './write.ts'

describe('parseYaml', () => {
  it('takes __proto__ and constructor for data', () => {
    const map = parseYaml('__proto__: {a: 1}\nconstructor: 2\n')
    expect(Object.getPrototypeOf(map)).toBeNull()
    expect(Object.keys(map as object)).toEqual(['__proto__', 'constructor'])
    expect(({} as { a?: number }).a).toBeUndefined()
  })

  it('reads all documents, or the first alone', () => {
    expect(parseYamlDocuments('a\n---\nb\n')).toEqual(['a', 'b'])
    expect(parseYaml('a\n---\nb\n')).toBe('a')
  })

  it('names the line of an error, in the words of Go', () => {
    expect(() => parseYaml('a: 1\nb: [1, 2\nc: 3\n')).toThrow(
      "error converting YAML to JSON: yaml: line 2: did not find expected ',' or ']'",
    )
  })

  it('refuses duplicate keys when strict, and takes the last one else', () => {
    expect(() => parseYaml('a: 1\na: 2\n', { strict: true })).toThrow('line 2: key "a" already set in map')
    expect(parseYaml('a: 1\na: 2\n')).toEqual(Object.assign(Object.create(null), { a: 2 }))
  })

  it('keeps a quoted << as a key, and lets what stands later win over what is merged, as Go does', () => {
    expect(parseYaml('b: &b {x: 1, z: 1}\nm:\n  x: 2\n  <<: *b\n  z: 2\nq: {"<<": 3}\n')).toMatchObject({
      m: { x: 1, z: 2 },
      q: { '<<': 3 },
    })
  })

  it('refuses more depth than its limit', () => {
    expect(() => parseYaml('['.repeat(limits.depth + 1) + ']'.repeat(limits.depth + 1))).toThrow(
      `nested more than ${limits.depth} deep`,
    )
    expect(() => parseYaml('[ '.repeat(20_000))).toThrow()
    expect(() =>
      parseYaml(Array.from({ length: limits.depth + 1 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')),
    ).toThrow()
  })

  it('refuses a text that is too long', () => {
    expect(() => parseYaml('a'.repeat(limits.bytes + 1))).toThrow('is too long')
  })

  it('refuses a bomb of nested aliases', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 12; i++)
      lines.push(`a${i}: &a${i} [${Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]`)
    expect(() => parseYaml(`${lines.join('\n')}\n`)).toThrow()
  })

  it('reads back what formatYaml writes of any value', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme-ascii' }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-zA-Z_][\w.-]{0,20}$/), tie('node'), { maxKeys: 4 }),
      ),
    })).node
    fc.assert(
      fc.property(value, (one) => {
        const wrapped = { k: one }
        const read = parseYaml(formatYaml(wrapped as never))
        expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(wrapped)))
      }),
      { numRuns: 500 },
    )
  })
})

describe('parseYaml with the texts of numbers', () => {
  it.each([
    ['1e7', '1e+07'],
    ['10000000.0', '1e+07'],
    ['10000000', '10000000'],
    ['1_000', '1000'],
    ['0x10', '16'],
    ['12345678901234567890', '12345678901234567890'],
    ['1.10', '1.1'],
    ['1e300', '+Inf'],
    ['-1e300', '-Inf'],
    ["'1e7'", '1e7'],
    ['1.2.3', '1.2.3'],
    ['yes', true],
    ['~', null],
  ])('reads %s as %j', (text, value) => {
    expect(parseYaml(`a: ${text}`, { numberTexts: true })).toEqual({ a: value })
    expect(parseYamlDocuments(`a: ${text}`, { numberTexts: true })).toEqual([{ a: value }])
  })
})
