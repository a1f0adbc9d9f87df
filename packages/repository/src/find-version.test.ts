import { describe, expect, it } from 'vitest'
import { entry, index } from '../test/entry.ts'
import { findVersion } from './find-version.ts'

const versions = ['2.0.0-rc.1', '1.10.0', '1.9.0+b', '1.9.0+a', '1.0.0', 'v0.9.0']
const charts = index(...versions.map((version) => entry('app', version)), entry('pre', '1.0.0-beta'))

describe('findVersion', () => {
  it.each([
    [undefined, '1.10.0'],
    ['', '1.10.0'],
    ['*', '1.10.0'],
    ['^1', '1.10.0'],
    ['~1.9', '1.9.0+b'],
    ['<1.9.0', '1.0.0'],
    ['>1.0.0-0', '2.0.0-rc.1'],
    ['1.9.0+a', '1.9.0+a'],
    ['2.0.0-rc.1', '2.0.0-rc.1'],
    ['v0.9.0', 'v0.9.0'],
    ['1.9', '1.9.0+b'],
    ['v1.0.0', '1.0.0'],
    ['1.0.0 - 1.9.0', '1.9.0+b'],
  ])('for %s is %s', (range, version) => {
    expect(findVersion(charts, 'app', range)?.version).toBe(version)
  })

  // Helm takes another version in the place of one that is absent.
  it.each(['1.9.0', '1.11.0', '1.9.0+c', '3.0.0-x', '>3'])('for %s is nothing', (range) => {
    expect(findVersion(charts, 'app', range)).toBeUndefined()
  })

  it('is nothing for a chart that is absent, or has no stable version', () => {
    expect(findVersion(charts, 'other')).toBeUndefined()
    expect(findVersion(charts, '__proto__')).toBeUndefined()
    expect(findVersion(charts, 'pre')).toBeUndefined()
    expect(findVersion(charts, 'pre', '1.0.0-beta')?.version).toBe('1.0.0-beta')
  })

  it('takes the first of two entries of one version', () => {
    const twice = index(
      entry('app', '1.0.0', { urls: ['first'] }),
      entry('app', '1.0.0', { urls: ['second'] }),
    )
    expect(findVersion(twice, 'app', '1.0.0')?.urls).toEqual(['first'])
  })

  it('refuses a range that is none', () => {
    expect(() => findVersion(charts, 'app', 'latest')).toThrow(expect.objectContaining({ code: 'USAGE' }))
  })
})
