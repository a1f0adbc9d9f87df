import { describe, expect, it } from 'vitest'
import type { IntKind } from './int.ts'
import { goInt } from './int.ts'

describe('goInt', () => {
  it.each([
    [255n, 'uint8', 255n],
    [256n, 'uint8', 0n],
    [-1n, 'uint8', 255n],
    [128n, 'int8', -128n],
    [32768n, 'int16', -32768n],
    [65536n, 'uint16', 0n],
    [2n ** 31n, 'int32', -(2n ** 31n)],
    [2n ** 32n, 'uint32', 0n],
    [2n ** 63n, 'int64', -(2n ** 63n)],
    [2n ** 63n, 'int', -(2n ** 63n)],
    [-1n, 'uint64', 2n ** 64n - 1n],
    [-1n, 'uint', 2n ** 64n - 1n],
  ] as [bigint, IntKind, bigint][])('%s wraps to the width of %s', (value, kind, wrapped) => {
    expect(goInt(value, kind)).toMatchObject({ kind, value: wrapped })
  })

  it('is an int unless another kind is asked for', () => {
    expect(goInt(5)).toMatchObject({ kind: 'int', value: 5n, unsigned: false })
    expect(goInt(-5)).toMatchObject({ kind: 'int', value: -5n })
    expect(goInt(5, 'int64').kind).toBe('int64')
    expect(goInt(5, 'uint32').unsigned).toBe(true)
  })

  it('makes small indexes once', () => {
    expect(goInt(7)).toBe(goInt(7))
    expect(goInt(7, 'int64')).not.toBe(goInt(7))
  })

  it('refuses what is no integer', () => {
    expect(() => goInt(1.5)).toThrow(RangeError)
    expect(() => goInt(Number.NaN)).toThrow(RangeError)
  })
})
