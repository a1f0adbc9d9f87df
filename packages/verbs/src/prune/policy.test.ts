import { describe, expect, it } from 'vitest'
import type { RetentionPolicy } from './policy.ts'
import { checkPolicy, judge, versionOfTag } from './policy.ts'

const now = Date.parse('2026-06-01T00:00:00Z')

function kept(
  tags: readonly string[],
  policy: Omit<RetentionPolicy, 'now'>,
  created?: Record<string, string>,
): string[] {
  const verdicts = judge(
    tags.map((tag) => ({ tag, isChart: true, created: created?.[tag] })),
    { ...policy, now },
  )
  return tags.filter((tag) => verdicts.get(tag)?.keep)
}

describe('the versions that stay', () => {
  it.each([
    [
      'are the newest, in semver order',
      ['1.0.0', '1.9.0', '1.10.0', '1.10.0-rc.1', '0.9.0'],
      { keep: 2 },
      ['1.10.0', '1.10.0-rc.1'],
    ],
    [
      'are counted once, under however many tags',
      ['1.0.0', 'v1.0.0', '2.0.0', 'v2.0.0', '3.0.0'],
      { keep: 2 },
      ['2.0.0', 'v2.0.0', '3.0.0'],
    ],
    ['are counted apart when their builds differ', ['1.0.0_a', '1.0.0_b', '0.9.0'], { keep: 1 }, ['1.0.0_b']],
    [
      'are the newest release too, although there are newer pre-releases',
      ['1.0.0', '2.0.0', '3.0.0-rc.1', '3.0.0-rc.2'],
      { keep: 1 },
      ['2.0.0', '3.0.0-rc.2'],
    ],
    ['are pre-releases alone where there is nothing else', ['1.0.0-a', '1.0.0-b'], { keep: 1 }, ['1.0.0-b']],
    [
      'are the newest of every minor',
      ['1.0.0', '1.0.1', '1.1.0', '1.1.10', '1.1.9', '2.0.0'],
      { keepSemver: 'minor' },
      ['1.0.1', '1.1.10', '2.0.0'],
    ],
    [
      'are the newest of every major',
      ['0.1.0', '0.9.0', '1.0.0', '1.1.0', '2.0.0'],
      { keepSemver: 'major' },
      ['0.9.0', '1.1.0', '2.0.0'],
    ],
    [
      'are the newest pre-release of a line and its newest release',
      ['1.0.0', '1.0.1', '1.0.2-rc.1', '1.0.2-rc.2', '1.1.0'],
      { keepSemver: 'minor' },
      ['1.0.1', '1.0.2-rc.2', '1.1.0'],
    ],
    [
      'are those that any rule keeps',
      ['1.0.0', '1.0.1', '1.1.0', '1.1.1', '1.1.2'],
      { keep: 2, keepSemver: 'minor' },
      ['1.0.1', '1.1.1', '1.1.2'],
    ],
    [
      'are those that are not matched, and of the matched ones the newest',
      ['1.0.0', '1.0.1', '2.0.0', '2.0.1'],
      { keep: 1, match: ['1.*'] },
      ['1.0.1', '2.0.0', '2.0.1'],
    ],
    [
      'are those that are excluded, and do not count',
      ['1.0.0', '1.0.1', '2.0.0', '2.0.1'],
      { keep: 1, exclude: ['2.0.1', '1.0.0'] },
      ['1.0.0', '2.0.0', '2.0.1'],
    ],
    [
      'match by their plus, not by the tag’s dash below',
      ['1.0.0_ci.1', '2.0.0'],
      { keep: 1, match: ['*+ci.*'] },
      ['1.0.0_ci.1', '2.0.0'],
    ],
    [
      'are never moving tags',
      ['latest', '1', '1.2', 'v1.2', 'stable', '1.2.3'],
      { keep: 1 },
      ['latest', '1', '1.2', 'v1.2', 'stable', '1.2.3'],
    ],
  ] as const)('%s', (_, tags, policy, expected) => {
    expect(kept(tags, policy)).toEqual(expected)
  })

  it('are those that are young enough, or of unknown age', () => {
    const created = {
      '1.0.0': '2026-01-01T00:00:00Z',
      '1.1.0': '2026-05-31T23:00:00Z',
      '1.2.0': '1980-01-01T00:00:00Z',
      '1.3.0': 'yesterday',
      '1.5.0': '2026-04-01T00:00:00+02:00',
      '1.6.0': '2030-01-01T00:00:00Z',
      '2.0.0': '2025-01-01T00:00:00Z',
    }
    const tags = [...Object.keys(created), '1.4.0']
    // 2.0.0 is the newest release.
    expect(kept(tags, { keepDays: 30 }, created)).toEqual([
      '1.1.0',
      '1.2.0',
      '1.3.0',
      '1.6.0',
      '2.0.0',
      '1.4.0',
    ])
  })

  it('are what is no chart', () => {
    const verdicts = judge(
      [
        { tag: '1.0.0', isChart: false },
        { tag: '1.1.0', isChart: true },
        { tag: '1.2.0', isChart: true },
      ],
      { keep: 1, now },
    )
    expect([...verdicts.values()]).toEqual([
      { keep: true, reason: 'not a chart' },
      { keep: true, reason: 'the newest' },
      { keep: false, reason: 'not the newest' },
    ])
  })

  it('say why', () => {
    const verdicts = judge(
      ['1.0.0', '1.0.1', '1.1.0', '1.2.0', '2.0.0'].map((tag) => ({
        tag,
        isChart: true,
        created: '2020-01-01T00:00:00Z',
      })),
      { keep: 2, keepDays: 1, keepSemver: 'minor', exclude: ['1.1.*'], now },
    )
    expect(Object.fromEntries([...verdicts].map(([tag, { reason }]) => [tag, reason]))).toEqual({
      '1.0.0': 'not of the 2 newest, not the newest of 1.0, older than 1 day',
      '1.0.1': 'the newest of 1.0',
      '1.1.0': 'excluded by 1.1.*',
      '1.2.0': 'of the 2 newest',
      '2.0.0': 'of the 2 newest',
    })
  })
})

describe('a policy', () => {
  it('without a rule is refused, as it would keep nothing', () => {
    expect(() => checkPolicy({ now, match: ['1.*'] })).toThrowError(
      expect.objectContaining({ code: 'USAGE' }),
    )
    expect(() => checkPolicy({ now, keep: 1 })).not.toThrow()
  })

  it.each(['', '1.0.0/x', '[0-9]', '{a}', 'a b', 'x'.repeat(257)])('has no pattern %j', (pattern) => {
    expect(() => checkPolicy({ now, keep: 1, match: [pattern] })).toThrowError(
      expect.objectContaining({ code: 'USAGE' }),
    )
    expect(() => checkPolicy({ now, keep: 1, exclude: [pattern] })).toThrow()
  })

  it('takes no longer for a hostile pattern', () => {
    const tags = ['1.0.0-'.concat('a'.repeat(100)), '2.0.0']
    expect(kept(tags, { keep: 1, match: [`${'*a'.repeat(100)}b`] })).toEqual(tags)
  })
})

describe('a tag', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['v1.2.3', 'v1.2.3'],
    ['1.2.3_build', '1.2.3+build'],
    ['1.2.3-rc.1', '1.2.3-rc.1'],
    ['1.2', undefined],
    ['1.2.3.4', undefined],
    ['2024', undefined],
    ['sha256-abc', undefined],
  ])('%s is the version %s', (tag, version) => {
    expect(versionOfTag(tag)?.original).toBe(version)
  })
})
