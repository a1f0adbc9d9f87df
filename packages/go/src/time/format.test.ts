import { describe, expect, it } from 'vitest'
import { formatTime } from './format.ts'
import { golden, goldenZones } from '../../test/golden-zones.ts'
import { loadZone, utc } from './zone.ts'

interface Case {
  readonly layout: string
  readonly seconds: string
  readonly zone: string
  readonly text: string
}

describe('formatTime', () => {
  it('writes every layout as Go does', () => {
    const wrong = golden<Case>('times-format').filter(({ layout, seconds, zone, text }) => {
      const period = loadZone(goldenZones, zone)?.at(BigInt(seconds)) ?? utc.at(0n)
      return formatTime(layout, { seconds: BigInt(seconds), nanoseconds: 0, period }) !== text
    })
    expect(wrong).toEqual([])
  })

  it.each([
    ['.000', '.012'],
    ['.999', '.012'],
    ['.00', '.01'],
    ['.9', ''],
    [',999999999', ',012345678'],
    ['.0000000000', '.012345678'],
    ['5.000Z', '0.012Z'],
  ])('writes 12,345,678 nanoseconds in the layout %s as %j', (layout, text) => {
    expect(formatTime(layout, { seconds: 0n, nanoseconds: 12_345_678, period: utc.at(0n) })).toBe(text)
  })

  it.each([
    ['-0700', -1800, '-0030'],
    ['-07:00:00', -59, '+00:00:-59'],
    ['Z07:00:00', -3661, '-01:01:01'],
    ['MST', -3660, '-0101'],
  ])('writes an offset in the layout %s for %i seconds as %s', (layout, offset, text) => {
    const period = { abbreviation: '', offset, isDst: false }
    expect(formatTime(layout, { seconds: 0n, nanoseconds: 0, period })).toBe(text)
  })
})
