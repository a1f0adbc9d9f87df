import { describe, expect, it } from 'vitest'
import { compilePattern } from './pattern.ts'

describe('a pattern', () => {
  it.each([
    ['team/app', 'team/app', true],
    ['team/app', 'team/app/more', false],
    ['team/*', 'team/app', true],
    ['team/*', 'team', false],
    ['team/*', 'team/a/b', false],
    ['team/**', 'team/app', true],
    ['team/**', 'team/a/b/c', true],
    ['team/**', 'team', false],
    ['team/**', 'teams/app', false],
    ['team-*/**', 'team-a/app', true],
    ['team-*/**', 'team/app', false],
    ['**', 'x', true],
    ['**', 'x/y/z', true],
    ['**/app', 'app', true],
    ['**/app', 'a/b/app', true],
    ['**/app', 'a/app/b', false],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a/**/z', 'a/b/c', false],
    ['**/**/z', 'z', true],
    ['*', 'x', true],
    ['*', 'x/y', false],
    ['a*b*c', 'axxbxxbc', true],
    ['a*b*c', 'axxbxx', false],
    ['*-chart', 'my-chart', true],
    ['*a', 'ba', true],
    ['a*', 'a', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, name, matches) => {
    expect(compilePattern(pattern)?.(name)).toBe(matches)
  })

  it.each([
    '',
    '/',
    'a/',
    '/a',
    'a//b',
    'a**',
    'a/b**',
    '***',
    'Team/app',
    'a b',
    'a:b',
    '[a]',
    '{a,b}',
    '!a',
  ])('cannot be %j', (text) => {
    expect(compilePattern(text)).toBeUndefined()
  })

  it('takes no longer for being hostile', () => {
    const matches = compilePattern(`${'**/a*'.repeat(1).concat('/**/a*'.repeat(40))}/z`)
    expect(matches?.(Array.from({ length: 120 }, () => 'a').join('/'))).toBe(false)
    expect(compilePattern(`${'*a'.repeat(100)}b`)?.('a'.repeat(255))).toBe(false)
  })
})
