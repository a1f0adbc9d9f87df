import { describe, expect, it } from 'vitest'
import { golden, goldenZone } from '../../test/golden-zones.ts'
import { loadZone, utc } from './zone.ts'
import { parseZoneFile } from './zone-file.ts'

interface Case {
  readonly zone: string
  readonly file: string
  /** `seconds abbreviation offset isDst`, as Go formats them. */
  readonly periods: string[]
}

const cases = golden<Case>('zones')

describe('parseZoneFile', () => {
  it.each(cases)('reads $zone as Go does', ({ zone, periods }) => {
    const found = goldenZone(zone)
    const mine = periods.map((line) => {
      const [seconds = ''] = line.split(' ')
      const { abbreviation, offset, isDst } = found.at(BigInt(seconds))
      return `${seconds} ${abbreviation} ${offsetText(offset)} ${isDst}`
    })
    expect(mine).toEqual(periods)
  })

  it('reads the 32-bit half of a file of version 1', () => {
    const file = bytesOf('America/New_York')
    file[4] = 0
    const zone = parseZoneFile('X', file)
    expect(zone?.at(1_000_000_000n)).toEqual({ abbreviation: 'EDT', offset: -14_400, isDst: true })
  })

  it('refuses what is cut off, and what is no such file', () => {
    const file = bytesOf('Europe/Berlin')
    expect(parseZoneFile('X', file.subarray(0, file.length / 2))).toBeUndefined()
    expect(parseZoneFile('X', Uint8Array.of())).toBeUndefined()
    expect(parseZoneFile('X', new Uint8Array(100))).toBeUndefined()
  })

  it('finds the offset of an abbreviation, that in force first', () => {
    const berlin = goldenZone('Europe/Berlin')
    expect(berlin.offsetOf('CEST', 0n)).toBe(7200)
    expect(berlin.offsetOf('CET', 1_780_000_000n)).toBe(3600)
    expect(berlin.offsetOf('PST', 0n)).toBeUndefined()
  })
})

describe('loadZone', () => {
  const zones = { local: { ...utc, name: 'Local' }, find: (name: string) => ({ ...utc, name }) }

  it.each([
    ['', 'UTC'],
    ['UTC', 'UTC'],
    ['Local', 'Local'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['../etc/passwd', undefined],
    ['/etc/localtime', undefined],
    ['\\share', undefined],
  ])('takes %j for %s', (name, found) => {
    expect(loadZone(zones, name)?.name).toBe(found)
  })
})

function bytesOf(zone: string): Uint8Array {
  return new Uint8Array(Buffer.from(cases.find((one) => one.zone === zone)?.file ?? '', 'base64'))
}

function offsetText(offset: number): string {
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0')
  const size = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${two(size / 3600)}:${two((size / 60) % 60)}:${two(size % 60)}`
}
