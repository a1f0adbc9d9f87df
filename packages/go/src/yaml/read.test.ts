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

  it('names line and column of an error', () => {
    expect(() => parseYaml('a: 1\nb: [1, 2\nc: 3\n')).toThrow(/at line \d+, column \d+/)
  })

  it('refuses duplicate keys when strict, and takes the last one else', () => {
    expect(() => parseYaml('a: 1\na: 2\n', { strict: true })).toThrow('duplicated mapping key at line 2')
    expect(parseYaml('a: 1\na: 2\n')).toEqual(Object.assign(Object.create(null), { a: 2 }))
  })

  it('keeps a quoted << as a key, and lets own keys win over merged ones', () => {
    expect(parseYaml('b: &b {x: 1, z: 1}\nm:\n  x: 2\n  <<: *b\nq: {"<<": 3}\n')).toMatchObject({
      m: { x: 2, z: 1 },
      q: { '<<': 3 },
    })
  })

  it('refuses more aliases, depth and merged keys than its limits', () => {
    const aliases = Array.from({ length: limits.aliases + 1 }, () => '*a').join(', ')
    expect(() => parseYaml(`a: &a 1\nb: [${aliases}]\n`)).toThrow()
    expect(() => parseYaml('['.repeat(limits.depth + 1) + ']'.repeat(limits.depth + 1))).toThrow()
    expect(() => parseYaml('[ '.repeat(20_000))).toThrow()
    const keys = Array.from({ length: limits.mergeKeys + 1 }, (_, i) => `k${i}: 1`).join(', ')
    expect(() => parseYaml(`a: &a {${keys}}\nb: {<<: *a}\n`)).toThrow('too many keys are merged')
    expect(() => parseYaml(`a: [\n${'1,\n'.repeat(limits.indentedLines + 1)}]\n`)).toThrow(
      'deficient indentation',
    )
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
