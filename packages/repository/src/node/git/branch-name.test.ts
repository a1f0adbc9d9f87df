import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBranchName } from './branch-name.ts'

function gitTakes(name: string): boolean {
  return spawnSync('git', ['check-ref-format', `refs/heads/${name}`]).status === 0
}

describe('isBranchName', () => {
  it.each(['gh-pages', 'a/b/c', 'ünï', 'a#b', 'a%2e', 'v1.0', "it's", 'a"b', '$(id)', 'a;b', 'a@b'])(
    'takes %j, as git does',
    (name) => {
      expect([isBranchName(name), gitTakes(name)]).toEqual([true, true])
    },
  )

  it.each([
    '',
    '.a',
    'a/.b',
    'a..b',
    'a.',
    'a.lock',
    'a.lock/b',
    'a//b',
    '/a',
    'a/',
    'a b',
    'a\tb',
    'a\u007f',
    'a~b',
    'a^b',
    'a:b',
    'a?b',
    'a*b',
    'a[b',
    'a\\b',
    'a@{b',
  ])('refuses %j, as git does', (name) => {
    expect([isBranchName(name), gitTakes(name)]).toEqual([false, false])
  })

  it.each(['-a', '--upload-pack=x', 'HEAD', '@', 'a'.repeat(201)])(
    'refuses %j, which is an option, means another ref, or fits in no file name',
    (name) => {
      expect(isBranchName(name)).toBe(false)
    },
  )

  it('takes nothing that git refuses', () => {
    const characters = fc.constantFrom(...'ab.-/@{~^: \\*[?\u0001\u007fü#lock')
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 8 }), (name) => {
        expect(!isBranchName(name) || gitTakes(name)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
