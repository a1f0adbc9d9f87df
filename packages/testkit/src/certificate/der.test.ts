import { describe, expect, it } from 'vitest'
import { integer } from './der.ts'

describe('an integer in DER', () => {
  it.each([
    ['zero', [0, 0], '020100'],
    ['a small number', [5], '020105'],
    ['a number behind zeros', [0, 0, 5], '020105'],
    ['one whose first bit would be a sign', [0x80], '02020080'],
    ['one behind zeros whose first bit would be a sign', [0, 0x80], '02020080'],
  ])('is as short as it may be: %s', (_, bytes, hex) => {
    expect(integer(Uint8Array.from(bytes)).toString('hex')).toBe(hex)
  })
})
