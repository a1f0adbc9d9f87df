import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIndex } from './format-index.ts'
import type { Index, IndexEntry } from './index-model.ts'
import { IndexText } from './index-text.ts'
import { mergeEntries, mergeIndex } from './merge-index.ts'
import { parseIndex } from './parse-index.ts'
import { sortEntries } from './sort-entries.ts'

const generated = '2026-11-24T00:00:00Z'

function entry(name: string, version: string, description = 'a chart'): IndexEntry {
  const metadata = Object.assign(Object.create(null), { apiVersion: 'v2', description, name, version })
  const digest = (name.length * 31 + version.length).toString(16).padStart(64, '0')
  return { name, version, urls: [`${name}-${version}.tgz`], created: generated, digest, metadata }
}

function index(entries: readonly IndexEntry[]): Index {
  const map = new Map<string, IndexEntry[]>()
  for (const one of entries) map.set(one.name, sortEntries([...(map.get(one.name) ?? []), one]))
  return { entries: map, generated, warnings: [] }
}

function read(text: string): IndexText {
  const found = IndexText.read(text)
  if (found === undefined) throw new Error(`not read: ${text}`)
  return found
}

describe('IndexText', () => {
  it('adds an entry with the same bytes as reading, merging and writing all of it', () => {
    const name = fc
      .stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9]$/)
      .filter((one) => !/^(yes|no|on|off|true|false|null)$/.test(one))
    const version = fc.tuple(fc.nat(3), fc.nat(3)).map(([a, b]) => `${a}.${b}.0`)
    const one = fc.tuple(name, version, fc.string()).map(([n, v, d]) => entry(n, v, d))
    const list = fc.uniqueArray(one, {
      selector: (e) => `${e.name} ${e.version}`,
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(list, one, (entries, added) => {
        const before = formatIndex(index(entries))
        const text = read(before)
        text.change(added.name, (kept) => mergeEntries(kept, [added]))
        const whole = mergeIndex(parseIndex(before), index([added]))
        expect(text.format(generated)).toBe(formatIndex({ ...whole, generated }))
      }),
    )
  })

  it('leaves what was not changed as it stands, unknown keys of the index too', () => {
    const before = `apiVersion: v1\nentries:\n  a:\n  - name: a # kept\n    version: 1.0.0\n    text: |\n      x\n\n      y\ngenerated: "x"\nserverInfo: {}\n`
    const text = read(before)
    text.change('b', () => [entry('b', '1.0.0')])
    const after = text.format(generated)
    expect(after).toContain('  - name: a # kept\n    version: 1.0.0\n    text: |\n      x\n\n      y\n  b:\n')
    expect(after).toContain(`generated: "${generated}"\nserverInfo: {}\n`)
    expect([...parseIndex(after).entries.keys()]).toEqual(['a', 'b'])
  })

  it('does not touch a chart to which nothing is added', () => {
    const before = `apiVersion: v1\nentries:\n  a:\n  - name: a # kept\n    version: 1.0.0\ngenerated: "${generated}"\n`
    const text = read(before)
    text.change('a', (kept) => mergeEntries(kept, [entry('a', '1.0.0')]))
    expect(text.format(generated)).toBe(before)
  })

  it('says which entries of a changed chart could not be read', () => {
    const text = read(`apiVersion: v1\nentries:\n  a:\n  - name: a\ngenerated: null\n`)
    expect(text.change('a', () => [entry('a', '1.0.0')])).toEqual(['a[0] has no version'])
  })

  it('knows the digests', () => {
    const one = entry('a', '1.0.0')
    expect(read(formatIndex(index([one]))).digests()).toEqual(new Set([one.digest]))
  })

  it.each([
    ['JSON', '{"apiVersion":"v1","entries":{},"generated":null}\n'],
    ['no entries', 'apiVersion: v1\nentries: {}\ngenerated: null\n'],
    ['deeper indentation', 'apiVersion: v1\nentries:\n    a:\n    - name: a\ngenerated: null\n'],
    ['a name in quotes', 'apiVersion: v1\nentries:\n  "1":\n  - name: a\ngenerated: null\n'],
    [
      'a name that YAML takes for a boolean',
      'apiVersion: v1\nentries:\n  yes:\n  - name: a\ngenerated: null\n',
    ],
    ['a chart twice', 'apiVersion: v1\nentries:\n  a:\n  - name: a\n  a:\n  - name: a\ngenerated: null\n'],
    ['a chart on one line', 'apiVersion: v1\nentries:\n  a: []\ngenerated: null\n'],
    ['a comment at the margin', 'apiVersion: v1\nentries:\n  a:\n# b\n  - name: a\ngenerated: null\n'],
    ['entries at the end', 'apiVersion: v1\nentries:\n  a:\n  - name: a\n'],
    ['an entry before any chart', 'apiVersion: v1\nentries:\n  - name: a\ngenerated: null\n'],
    ['line ends of Windows', 'apiVersion: v1\r\nentries:\r\n  a:\r\n  - name: a\r\ngenerated: null\r\n'],
    ['nothing', ''],
  ])('leaves %s to parseIndex', (_, text) => {
    expect(IndexText.read(text)).toBeUndefined()
  })
})
