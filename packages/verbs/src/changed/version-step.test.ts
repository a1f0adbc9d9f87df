import { describe, expect, it } from 'vitest'
import { isHigher, nextVersion } from './version-step.ts'

describe('the next version', () => {
  it.each([
    ['1.2.3', '1.2.4'],
    ['1.2.3+build', '1.2.4'],
    ['1.2.3-rc.1', '1.2.3'],
    ['v1.2', '1.2.1'],
    ['no', undefined],
  ])('after %s is %s, which is higher', (version, next) => {
    expect(nextVersion(version)).toBe(next)
    if (next !== undefined) expect(isHigher(version, next)).toBe(true)
  })
})

describe('a version', () => {
  it('comes after what is none, and what is none after no version', () => {
    expect(isHigher('x', '0.0.1')).toBe(true)
    expect(isHigher('0.0.1', 'x')).toBe(false)
  })
})
