import { describe, expect, it } from 'vitest'
import { folderOf, originOf, sameUrl, shownRepository, withUrls } from './origin.ts'

const added = [
  { name: 'team', url: 'https://charts.example.com/team/' },
  { name: 'odd', url: 's3://bucket/charts' },
]

describe('originOf', () => {
  it.each([
    ['', 'charts'],
    ['file://../lib', 'folder'],
    ['oci://ghcr.io/me', 'registry'],
    ['https://example.com', 'repository'],
    ['@team', 'repository'],
  ])('takes %j for %s', (repository, origin) => {
    expect(originOf({ repository })).toBe(origin)
  })
})

describe('folderOf', () => {
  it.each([
    ['file://../lib', '/work/lib'],
    ['file://lib', '/work/chart/lib'],
    ['file:///srv/../lib', '/lib'],
  ])('takes %s from the chart', (repository, folder) => {
    expect(folderOf({ repository }, '/work/chart')).toBe(folder)
  })
})

describe('withUrls', () => {
  it('writes URLs for aliases and leaves all else as it is', () => {
    const repositories = [
      '@team',
      'alias:team',
      'https://charts.example.com/team',
      'https://other',
      'oci://h/p',
      '',
      'file://x',
    ]
    const named = withUrls(
      repositories.map((repository) => ({ name: 'app', repository })),
      added,
    )
    expect(named.map(({ repository }) => repository)).toEqual([
      'https://charts.example.com/team/',
      'https://charts.example.com/team/',
      ...repositories.slice(2),
    ])
  })

  it('names all that are not known', () => {
    const missing = ['@a', 'alias:b', 'c', '/d'].map((repository) => ({ name: 'app', repository }))
    expect(() => withUrls(missing, added)).toThrow('no repository definition for @a, alias:b, c, /d')
  })
})

describe('sameUrl', () => {
  it.each([
    ['https://h/a', 'https://h/a/', true],
    ['https://h', 'https://h/', true],
    ['https://h/a//b/./c', 'https://h/a/b/c', true],
    ['https://h/a?x=1', 'https://h/a?x=2', false],
    ['https://h/a', 'http://h/a', false],
    ['charts/', 'charts', false],
    ['charts/./a', 'charts/a', true],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameUrl(a, b)).toBe(same)
  })
})

describe('shownRepository', () => {
  it.each([
    ['https://h', 'https://h'],
    ['https://me:secret@h/a', 'https://h/a'],
    ['https://h/a?sig=secret', 'https://h/a?sig=***'],
    ['oci://h/p', 'oci://h/p'],
    ['file://../lib', 'file://../lib'],
    ['@team', '@team'],
  ])('shows %s as %s', (repository, shown) => {
    expect(shownRepository(repository)).toBe(shown)
  })
})
