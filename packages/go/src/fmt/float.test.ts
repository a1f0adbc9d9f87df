import { describe, expect, it } from 'vitest'
import type { FloatFormat } from './float.ts'
import { formatFloat, formatFloat64 } from './float.ts'

// Of Go's own tests of strconv.FormatFloat.
const cases: [number, FloatFormat, number, string][] = [
  [1, 'e', 5, '1.00000e+00'],
  [1, 'f', 5, '1.00000'],
  [1, 'g', 5, '1'],
  [1, 'g', -1, '1'],
  [1, 'x', -1, '0x1p+00'],
  [1, 'x', 5, '0x1.00000p+00'],
  [20, 'g', -1, '20'],
  [1234567.8, 'g', -1, '1.2345678e+06'],
  [200000, 'g', -1, '200000'],
  [2000000, 'g', -1, '2e+06'],
  [1e10, 'g', -1, '1e+10'],
  [400, 'g', 2, '4e+02'],
  [40, 'g', 2, '40'],
  [4, 'g', 2, '4'],
  [0.4, 'g', 2, '0.4'],
  [0.04, 'g', 2, '0.04'],
  [0.0004, 'g', 2, '0.0004'],
  [0.00004, 'g', 2, '4e-05'],
  [0, 'e', 5, '0.00000e+00'],
  [-0, 'g', -1, '-0'],
  [-1, 'e', 5, '-1.00000e+00'],
  [12, 'e', 5, '1.20000e+01'],
  [123456700, 'e', 5, '1.23457e+08'],
  [1.2345e6, 'e', 3, '1.234e+06'],
  [1e23, 'e', 17, '9.99999999999999916e+22'],
  [1e23, 'f', 17, '99999999999999991611392.00000000000000000'],
  [1e23, 'g', 17, '9.9999999999999992e+22'],
  [1e23, 'e', -1, '1e+23'],
  [5e-304 / 1e20, 'g', -1, '5e-324'],
  [2.2250738585072014e-308, 'e', 20, '2.22507385850720138309e-308'],
  [383260575764816448, 'g', -1, '3.8326057576481645e+17'],
  [498484681984085570, 'f', -1, '498484681984085570'],
  [-5.8339553793802237e23, 'g', -1, '-5.8339553793802237e+23'],
  [100, 'x', -1, '0x1.9p+06'],
  [2275555555555555, 'X', -1, '0X1.02B36211C71C6P+51'],
  [0.1, 'b', -1, '7205759403792794p-56'],
  [123.45, 'G', 2, '1.2E+02'],
  [1e21, 'f', -1, '1000000000000000000000'],
  [0.5, 'f', 0, '0'],
  [1.5, 'f', 0, '2'],
  [9.5, 'e', 0, '1e+01'],
  [99.95, 'g', 3, '100'],
]

describe('formatFloat', () => {
  it.each(cases)('formats %d under %s with precision %d', (value, format, precision, text) => {
    expect(formatFloat(value, format, precision)).toBe(text)
  })

  it('finds the fewest digits of a float32', () => {
    expect(formatFloat(0.1, 'g', -1, 32)).toBe('0.1')
    expect(formatFloat(Math.fround(16777216), 'g', -1, 32)).toBe('1.6777216e+07')
    expect(formatFloat(3.4028234663852886e38, 'e', -1, 32)).toBe('3.4028235e+38')
  })

  it('reads back as the same number', () => {
    let bits = 12345
    for (let round = 0; round < 2000; round++) {
      bits = (Math.imul(bits, 1664525) + 1013904223) >>> 0
      const value = (bits - 2 ** 31) * 10 ** ((bits % 600) - 300)
      for (const format of ['e', 'g', 'f'] as const)
        expect(Number(formatFloat(value, format, -1))).toBe(value)
    }
  })

  it.each([
    [1e6, '1e+06'],
    [999999, '999999'],
    [1e-4, '0.0001'],
    [9e-5, '9e-05'],
    [0, '0'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [Infinity, '+Inf'],
  ])('prints %d as templates do', (value, text) => {
    expect(formatFloat64(value)).toBe(text)
  })
})
