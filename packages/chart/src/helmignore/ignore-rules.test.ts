import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { matchGlob } from './glob.ts'
import { isIgnored, parseIgnoreRules } from './ignore-rules.ts'

// What rules do to whole folders is in golden/folders.json, by the real helm.

describe('isIgnored', () => {
  it.each([
    ['templates/.x', false, true],
    ['templates/sub/.x', false, false],
    ['templates/.', false, false],
    ['', true, false],
    ['.', true, false],
    ['./', true, false],
  ])('without a rule of its own, %s', (path, isFolder, ignored) => {
    expect(isIgnored(parseIgnoreRules(''), path, isFolder)).toBe(ignored)
  })

  it('stops at the first rule that decides', () => {
    const rules = parseIgnoreRules('*.md\n!README.md\n')
    expect(isIgnored(rules, 'README.md', false)).toBe(true)
    expect(isIgnored(rules, 'other', false)).toBe(true)
  })

  it('takes what is a folder for a folder only', () => {
    const rules = parseIgnoreRules('x/\n')
    expect([
      isIgnored(rules, 'x', true),
      isIgnored(rules, 'x', false),
      isIgnored(rules, 'a/x', true),
    ]).toEqual([true, false, true])
  })

  it('refuses a line that no pattern is long enough to need', () => {
    expect(() => parseIgnoreRules('x'.repeat(limits.ignoreLineBytes))).toThrow('.helmignore:1: line longer')
  })
})

describe('matchGlob', () => {
  // As filepath.Match of Go prints it.
  it.each(goldenMatches())('%s on %s is %s', (pattern, name, result) => {
    expect(matchGlob(pattern, name)).toBe(result)
  })

  it('agrees with the regular expression of the pattern', () => {
    const piece = fc.constantFrom('*', '?', 'a', 'b', '/', '[ab]', '[^a/]', '\\*', '.')
    const name = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '.'), { maxLength: 8 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), name, (pieces, text) => {
        const regex = pieces.map((one) => forms.get(one) ?? one).join('')
        expect(matchGlob(pieces.join(''), text)).toBe(new RegExp(`^${regex}$`).test(text))
      }),
      { numRuns: 1000 },
    )
  })

  const forms = new Map([
    ['*', '[^/]*'],
    ['?', '[^/]'],
    ['.', '\\.'],
  ])

  it('takes any pattern and name without going on for ever', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, name) => {
        expect([true, false, 'bad pattern']).toContain(matchGlob(pattern, name))
      }),
    )
    const stars = 'a*'.repeat(60)
    expect(matchGlob(`${stars}b`, 'a'.repeat(200))).toBe(false)
  })
})

function goldenMatches(): [string, string, boolean | 'bad pattern'][] {
  return [
    ['*?', '日', true],
    ['*??', '日', true],
    ['*???', '日', false],
    ['??', '日', false],
    ['[日-語]', '本', true],
    ['[^日]', 'é', true],
    ['[a\\-c]', '-', true],
    ['[\\]a]', ']', true],
    ['[]a]', ']', 'bad pattern'],
    ['a[', 'a', 'bad pattern'],
    ['a[', 'ab', 'bad pattern'],
    ['a*[', 'b', false],
    ['*x[', 'a', 'bad pattern'],
    ['a\\', 'a', 'bad pattern'],
    ['[x-]', 'x', 'bad pattern'],
    ['[--x]', '-', 'bad pattern'],
    ['\\a', 'a', true],
    ['[^/]', '/', false],
    ['[/]', '/', true],
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', 'a', true],
    ['a?b', 'a/b', false],
  ]
}
