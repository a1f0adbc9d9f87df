import { expect, it } from 'vitest'
import { globMatcher } from './match-glob.ts'

it.each([
  ['*', 'a.txt', true],
  ['*', 'd/a.txt', false],
  ['**', 'd/a.txt', true],
  ['**.txt', 'd/e/a.txt', true],
  ['d/*', 'd/a', true],
  ['d/*', 'd/', true],
  ['d/?', 'd/ä', true],
  ['?', '/', false],
  ['[ab].txt', 'b.txt', true],
  ['[!ab].txt', 'b.txt', false],
  ['[a-c]', 'b', true],
  ['[!a-c]', 'd', true],
  ['{a,b*}.txt', 'bcd.txt', true],
  ['{a,{b,c}}', 'c', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a', 'A', false],
  ['', '', true],
  ['[a-z0-9]', 'what cannot be parsed matches everything', true],
])('%s against %s: %s', (pattern, name, expected) => {
  expect(globMatcher(pattern)(name)).toBe(expected)
})

it('takes no longer for a pattern that others backtrack in', () => {
  expect(globMatcher('**a'.repeat(50))(`${'a'.repeat(2000)}b`)).toBe(false)
  expect(globMatcher('{a,a,a}'.repeat(50))('a'.repeat(50))).toBe(true)
})
