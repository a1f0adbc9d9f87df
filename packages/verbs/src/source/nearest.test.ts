import { describe, expect, it } from 'vitest'
import { sortVersions, versionNotFound } from './nearest.ts'

describe('versionNotFound', () => {
  const present = ['0.1.0', '0.2.0', '0.3.0', '1.0.0', 'latest', '1.0.0-rc.1']

  it.each([
    ['0.2.5', 'Nearest: 1.0.0-rc.1, 0.3.0, 0.2.0, 0.1.0.'],
    ['2.0.0', 'Nearest: 1.0.0, 1.0.0-rc.1.'],
    ['0.0.1', 'Nearest: 0.2.0, 0.1.0.'],
    ['nonsense', 'Nearest: 1.0.0, 1.0.0-rc.1, 0.3.0.'],
  ])('lists the versions around %s', (wanted, hint) => {
    expect(versionNotFound('oci://h/app', wanted, present).hint).toBe(hint)
  })

  it('says so when there are no versions', () => {
    expect(versionNotFound('oci://h/app', '1.0.0', ['latest']).hint).toBe('It has no versions at all.')
  })
})

describe('sortVersions', () => {
  it('sorts by semantic version, newest first, and leaves other tags out', () => {
    expect(sortVersions(['1.10.0', '1.9.0', 'x', '1.10.0-a']).map(({ original }) => original)).toEqual([
      '1.10.0',
      '1.10.0-a',
      '1.9.0',
    ])
  })
})
