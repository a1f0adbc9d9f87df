import { describe, expect, it } from 'vitest'
import { entry, index } from '../../test/entry.ts'
import type { SearchOptions } from './search.ts'
import { searchIndexes } from './search.ts'

const indexes = new Map([
  [
    'one',
    index(
      entry('web', '1.0.0', { description: 'A server', keywords: ['http', 'nginx'], appVersion: '9' }),
      entry('web', '1.1.0', { description: 'A server', keywords: ['http', 'nginx'], appVersion: '10' }),
      entry('web', '2.0.0-rc.1', { description: 'A server' }),
      entry('pre', '0.1.0-beta', { description: 'For http' }),
      entry('odd', '1.0.0', { description: 5, keywords: 'http', appVersion: 2 }),
    ),
  ],
  ['http', index(entry('client', '3.0.0', { description: 'curl' }))],
])

function found(options: SearchOptions): string[] {
  return searchIndexes(indexes, options).map(({ name, version }) => `${name} ${version}`)
}

describe('searchIndexes', () => {
  it('gives the newest stable version of each chart, by name', () => {
    expect(found({})).toEqual(['http/client 3.0.0', 'one/odd 1.0.0', 'one/web 1.1.0'])
    expect(found({ keyword: '' })).toHaveLength(3)
  })

  it('gives what helm prints of a chart', () => {
    expect(searchIndexes(indexes, { keyword: 'nginx' })).toEqual([
      { name: 'one/web', version: '1.1.0', app_version: '10', description: 'A server' },
    ])
    expect(searchIndexes(indexes, { keyword: 'odd' })).toEqual([
      { name: 'one/odd', version: '1.0.0', app_version: '', description: '' },
    ])
  })

  it('looks in name, description and keywords, whatever the case, and ranks them in this order', () => {
    expect(found({ keyword: 'HTTP' })).toEqual(['http/client 3.0.0', 'one/web 1.1.0'])
    expect(found({ keyword: 'http', range: '>0.0.0-0' })).toEqual(['http/client 3.0.0', 'one/pre 0.1.0-beta'])
    expect(found({ keyword: 'one/w' })).toEqual(['one/web 1.1.0'])
    expect(found({ keyword: 'nothing' })).toEqual([])
  })

  it('gives all versions that fit, newest first', () => {
    expect(found({ keyword: 'web', allVersions: true })).toEqual(['one/web 1.1.0', 'one/web 1.0.0'])
    expect(found({ keyword: 'web', allVersions: true, range: '>0.0.0-0' })).toEqual([
      'one/web 2.0.0-rc.1',
      'one/web 1.1.0',
      'one/web 1.0.0',
    ])
    expect(found({ keyword: 'web', range: '1.0.x' })).toEqual(['one/web 1.0.0'])
  })

  it('takes a regular expression, whose case counts', () => {
    expect(found({ keyword: '^one/w.b$', regexp: true })).toEqual(['one/web 1.1.0'])
    expect(found({ keyword: '^A', regexp: true })).toEqual(['one/web 1.1.0'])
    expect(found({ keyword: '^a', regexp: true })).toEqual([])
    expect(found({ keyword: '^one/w.b$' })).toEqual([])
  })

  it.each([{ keyword: '(', regexp: true }, { range: 'newest' }])('refuses %j', (options) => {
    expect(() => found(options)).toThrow(expect.objectContaining({ code: 'USAGE' }))
  })
})
