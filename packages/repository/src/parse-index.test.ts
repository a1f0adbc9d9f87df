import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entry, index } from '../test/entry.ts'
import { formatIndex } from './format-index.ts'
import type { Index } from './index-model.ts'
import { limits } from './limits.ts'
import { parseIndex } from './parse-index.ts'

/** An index of JSON with this text in the place of its entries. */
function json(entries: string): Index {
  return parseIndex(`{"apiVersion":"v1","entries":${entries}}`)
}

function versions({ entries }: Index, name = 'a'): string[] | undefined {
  return entries.get(name)?.map(({ version }) => version)
}

describe('parseIndex', () => {
  it.each([
    [
      'YAML',
      'apiVersion: v1\nentries:\n  a:\n  - name: a\n    version: 1.0.0\n    urls: [a.tgz]\n    digest: d1\n    created: 2026-01-02T03:04:05.6Z\n    keywords: [k]\ngenerated: "2026-01-02T03:04:05Z"\n',
    ],
    [
      'JSON',
      '{"apiVersion":"v1","entries":{"a":[{"name":"a","version":"1.0.0","urls":["a.tgz"],"digest":"d1","created":"2026-01-02T03:04:05.6Z","keywords":["k"]}]},"generated":"2026-01-02T03:04:05Z"}',
    ],
    [
      'JSON behind white space',
      '\n {"apiVersion":"v1","entries":{"a":[{"name":"a","version":"1.0.0","urls":["a.tgz"],"digest":"d1","created":"2026-01-02T03:04:05.6Z","keywords":["k"]}]},"generated":"2026-01-02T03:04:05Z"}',
    ],
    [
      'YAML in the style of JSON',
      '{apiVersion: v1, entries: {a: [{name: a, version: 1.0.0, urls: [a.tgz], digest: d1, created: "2026-01-02T03:04:05.6Z", keywords: [k]}]}, generated: "2026-01-02T03:04:05Z"}',
    ],
  ])('reads %s', (_, text) => {
    const { entries, generated, warnings } = parseIndex(text)
    expect([generated, warnings]).toEqual(['2026-01-02T03:04:05Z', []])
    expect([...entries.values()].flat()).toEqual([
      {
        name: 'a',
        version: '1.0.0',
        urls: ['a.tgz'],
        created: '2026-01-02T03:04:05.6Z',
        digest: 'd1',
        metadata: { name: 'a', version: '1.0.0', keywords: ['k'] },
      },
    ])
  })

  it('reads what formatIndex writes, in YAML and in JSON', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.constantFrom('', '-rc.1', '+b', '-x+y'))
    const value = fc.oneof(fc.string(), fc.boolean(), fc.nat(), fc.array(fc.string(), { maxLength: 3 }))
    const key = fc.constantFrom('description', 'keywords', 'x-other', '__proto__', 'constructor', 'removed')
    const one = fc
      .tuple(name, version, fc.dictionary(key, value), fc.array(fc.string()))
      .map(([n, [major, minor, rest], more, urls]) =>
        entry(n, `${major}.${minor}.0${rest}`, { ...more, urls }),
      )
    fc.assert(
      fc.property(
        fc.uniqueArray(one, { selector: (e) => `${e.name} ${e.version}`, maxLength: 8 }),
        (entries) => {
          const made = index(...entries)
          for (const format of ['yaml', 'json'] as const) {
            const read = parseIndex(formatIndex(made, format))
            expect(read.warnings).toEqual([])
            expect(formatIndex(read, format)).toBe(formatIndex(made, format))
            expect([...read.entries.keys()].sort()).toEqual([...made.entries.keys()].sort())
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('sorts versions, newest first', () => {
    const list = ['1.0.0', '1.10.0', '1.9.0', '2.0.0-rc.1'].map((version) => ({ name: 'a', version }))
    expect(versions(json(JSON.stringify({ a: list })))).toEqual(['2.0.0-rc.1', '1.10.0', '1.9.0', '1.0.0'])
  })

  it('keeps an entry that is marked as removed, with its mark, as Helm does', () => {
    const read = json('{"a":[{"name":"a","version":"1.0.0","removed":true}]}')
    expect(read.entries.get('a')?.[0]?.metadata).toEqual({ name: 'a', version: '1.0.0', removed: true })
    expect(read.warnings).toEqual([])
  })

  // What helm 4.2.4 leaves out with a warning, and what it would refuse the whole index for.
  it.each([
    ['null', 'a[1] has no name'],
    ['5', 'a[1] has no name'],
    ['[]', 'a[1] has no name'],
    ['{"version":"1.0.0"}', 'a[1] has no name'],
    ['{"name":5,"version":"1.0.0"}', 'a[1] has no name'],
    ['{"name":"a"}', 'a[1] has no version'],
    ['{"name":"a","version":1}', 'a[1] has no version'],
    ['{"name":"a","version":"abc"}', 'a[1] has no valid version: abc'],
    ['{"name":"a","version":"1.2.3.4"}', 'a[1] has no valid version: 1.2.3.4'],
    ['{"name":"../a","version":"1.0.0"}', 'a[1] has a name that is a path: ../a'],
    ['{"name":"..","version":"1.0.0"}', 'a[1] has a name that is a path: ..'],
    ['{"name":"a\\\\b","version":"1.0.0"}', 'a[1] has a name that is a path: a\\b'],
  ])('reports the entry %s and keeps the others', (bad, warning) => {
    const read = json(`{"a":[{"name":"a","version":"1.0.0"},${bad},{"name":"a","version":"2.0.0"}]}`)
    expect(versions(read)).toEqual(['2.0.0', '1.0.0'])
    expect(read.warnings).toEqual([warning])
  })

  it.each(['{}', '"x"', '5', 'true'])('reports a chart whose versions are %s', (value) => {
    const read = json(`{"a":${value},"b":[{"name":"b","version":"1.0.0"}]}`)
    expect([[...read.entries.keys()], read.warnings]).toEqual([['b'], ['a is no list of versions']])
  })

  it('takes charts without versions, and no entries, for nothing', () => {
    expect(json('{"a":null,"b":[]}')).toMatchObject({ entries: new Map(), warnings: [] })
    for (const entries of ['null', '[]', '"x"']) expect(json(entries).entries.size).toBe(0)
    expect(parseIndex('apiVersion: v1\n').entries.size).toBe(0)
  })

  it('passes over fields of another kind', () => {
    const [read] =
      json(
        '{"a":[{"name":"a","version":"1.0.0","urls":[5,"a.tgz",null],"digest":5,"created":{}}]}',
      ).entries.get('a') ?? []
    expect(read).toMatchObject({ urls: ['a.tgz'], digest: undefined, created: undefined })
    expect(json('{"a":[{"name":"a","version":"1.0.0","urls":"a.tgz"}]}').entries.get('a')?.[0]?.urls).toEqual(
      [],
    )
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes the name %s for any other',
    (name) => {
      const one = `{"name":"${name}","version":"1.0.0","__proto__":{"digest":"evil","removed":true}}`
      for (const text of [
        `{"apiVersion":"v1","entries":{"${name}":[${one}]}}`,
        `apiVersion: v1\nentries:\n  ${name}: [${one}]\n`,
      ]) {
        const read = parseIndex(text)
        expect([[...read.entries.keys()], read.warnings]).toEqual([[name], []])
        expect(read.entries.get(name)?.[0]).toMatchObject({ name, digest: undefined })
      }
      expect(parseIndex(`{"apiVersion":"v1","__proto__":{"entries":{"a":[]}}}`).entries.size).toBe(0)
      expect(Object.prototype).not.toHaveProperty('digest')
    },
  )

  it.each([
    ['nothing', '', /^empty index.yaml file$/],
    ['white space', ' \n\t', /^empty index.yaml file$/],
    ['a list', '- a', /^an index is a map$/],
    ['a text', 'hello', /^an index is a map$/],
    ['no apiVersion', 'entries: {}', /^no API version specified$/],
    ['an empty apiVersion', '{"apiVersion":"","entries":{}}', /^no API version specified$/],
    ['a number for it', 'apiVersion: 1\nentries: {}', /^no API version specified$/],
    [
      'an inherited apiVersion',
      '{"__proto__":{"apiVersion":"v1"},"entries":{}}',
      /^no API version specified$/,
    ],
    ['a web page', '<!DOCTYPE html>\n<html><head><title>Log in: here</title></head></html>', /index/],
    ['cut JSON', '{"apiVersion":"v1","entries":{"a":[{"name"', /^the index cannot be read: .*yaml: line 1: /],
    [
      'cut YAML',
      'apiVersion: v1\nentries:\n  a:\n  - name: "a',
      /^the index cannot be read: .*yaml: line 4: /,
    ],
    [
      'a chart twice',
      'apiVersion: v1\nentries:\n  a:\n  - {name: a, version: 1.0.0}\n  a:\n  - {name: a, version: 2.0.0}\n',
      /line 6: key "a" already set in map/,
    ],
    [
      'a key of an entry twice',
      'apiVersion: v1\nentries:\n  a:\n  - name: a\n    version: 1.0.0\n    version: 2.0.0\n',
      /line 6: key "version" already set in map/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseIndex(text)).toThrow(
      expect.objectContaining({ code: 'INDEX_INVALID', message: expect.stringMatching(message) }),
    )
  })

  it('refuses aliases that multiply', () => {
    const lines = Array.from({ length: 12 }, (_, i) => `x${i + 1}: &x${i + 1} [${`*x${i},`.repeat(9)}]`)
    const text = `apiVersion: v1\nx0: &x0 [lol]\n${lines.join('\n')}\nentries: {}\n`
    expect(() => parseIndex(text)).toThrow(expect.objectContaining({ code: 'INDEX_INVALID' }))
  })

  it('refuses YAML that is nested too deeply', () => {
    const text = `apiVersion: v1\nentries: ${'['.repeat(5000)}${']'.repeat(5000)}\n`
    expect(() => parseIndex(text)).toThrow(expect.objectContaining({ code: 'INDEX_INVALID' }))
  })

  it('reports an entry of JSON that is nested too deeply', () => {
    const nested = (depth: number): string =>
      `{"a":[{"name":"a","version":"1.0.0","x":${'['.repeat(depth)}${']'.repeat(depth)}}]}`
    expect(json(nested(limits.depth - 1)).warnings).toEqual([])
    for (const depth of [limits.depth + 1, 100_000]) {
      const read = json(nested(depth))
      expect([read.entries.size, read.warnings]).toEqual([0, ['a[0] is nested too deeply']])
    }
  })

  it('refuses an index longer than its limit, and one of more entries', () => {
    expect(() => parseIndex('x'.repeat(limits.indexBytes + 1))).toThrow(/longer than 268435456 bytes/)
    const list = `[${'0,'.repeat(limits.entries / 2)}0]`
    expect(() => json(`{"a":${list},"b":${list}}`)).toThrow(/more than 500000 entries/)
  })
})
