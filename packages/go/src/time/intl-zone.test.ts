import { describe, expect, it } from 'vitest'
import { intlZones } from './intl-zone.ts'
import { golden, goldenZone } from '../../test/golden-zones.ts'

const moments = Array.from({ length: 36 }, (_, index) => BigInt(index * 43_000_000))

describe('zones from Intl', () => {
  it.each(golden<{ zone: string }>('zones'))('have the offsets of $zone', ({ zone }) => {
    const offsets = (find: (seconds: bigint) => { offset: number } | undefined) =>
      moments.map((seconds) => find(seconds)?.offset)
    const own = intlZones.find(zone)
    expect(offsets((seconds) => own?.at(seconds))).toEqual(offsets((seconds) => goldenZone(zone).at(seconds)))
  })

  it.each([
    ['Europe/Berlin', 'CET', 'CEST'],
    ['America/New_York', 'EST', 'EDT'],
    ['Asia/Kolkata', 'IST', 'IST'],
    ['Asia/Tokyo', 'JST', 'JST'],
    ['Europe/London', 'GMT', 'BST'],
    ['Asia/Tehran', '+0330', '+0330'],
    ['America/Sao_Paulo', '-03', '-03'],
  ])('name the periods of %s', (name, january, july) => {
    const zone = intlZones.find(name)
    expect(zone?.at(1_768_000_000n).abbreviation).toBe(january)
    expect(zone?.at(1_783_000_000n).abbreviation).toBe(july)
    expect(zone?.at(1_783_000_000n).isDst).toBe(january !== july)
  })

  it('find an offset by its abbreviation', () => {
    expect(intlZones.find('Europe/Berlin')?.offsetOf('CEST', 1_768_000_000n)).toBe(7200)
    expect(intlZones.find('Europe/Berlin')?.offsetOf('EST', 1_768_000_000n)).toBeUndefined()
  })

  it.each(['Nowhere/At_All', 'europe/berlin', '', '+01:00x'])('know no %j', (name) => {
    expect(intlZones.find(name)).toBeUndefined()
  })

  it('take times that Date cannot hold', () => {
    expect(intlZones.find('Europe/Berlin')?.at(1n << 62n).offset).toBeTypeOf('number')
    expect(intlZones.find('Europe/Berlin')?.at(-(1n << 62n)).offset).toBeTypeOf('number')
  })

  it('have a local zone', () => {
    expect(intlZones.local.at(0n).offset).toBeTypeOf('number')
  })
})
