import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNodeZones } from './zones.ts'

// A zone with the rule <TST>-2 and nothing else, as zic compiles it.
const header = (version: number, types: number, characters: number) => [
  ...Buffer.from('TZif'),
  version,
  ...new Array<number>(15).fill(0),
  ...[0, 0, 0, 0, types, characters].flatMap((count) => [0, 0, 0, count]),
]
const body = [0, 0, 0x1c, 0x20, 0, 0, ...Buffer.from('TST\0')]
const file = Buffer.from([
  ...header(0x32, 1, 4),
  ...body,
  ...header(0x32, 1, 4),
  ...body,
  ...Buffer.from('\nTST-2\n'),
])

describe('zones on Node', () => {
  let folder = ''

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zones-'))
    writeFileSync(join(folder, 'Test'), file)
    writeFileSync(join(folder, 'broken'), 'no zone')
    writeFileSync(join(folder, 'large'), Buffer.alloc(2 * 1024 * 1024))
  })

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('are read from the folder that ZONEINFO names', () => {
    const zone = createNodeZones({ ZONEINFO: folder }).find('Test')
    expect(zone?.at(0n)).toEqual({ abbreviation: 'TST', offset: 7200, isDst: false })
    expect(zone?.name).toBe('Test')
  })

  it.each(['broken', 'large', 'None', 'Test/Zone', 'a\0b', 'x'.repeat(10_000), '.'])('are not %j', (name) => {
    expect(createNodeZones({ ZONEINFO: folder }).find(name)).toBeUndefined()
  })

  it.each([
    ['', 'UTC'],
    ['UTC', 'UTC'],
    [':UTC', 'UTC'],
    ['Nowhere', 'UTC'],
    ['/nowhere', 'UTC'],
    ['Test', 'Test'],
    [':Test', 'Test'],
  ])('have the local zone of TZ=%j as %s', (setting, name) => {
    expect(createNodeZones({ TZ: setting, ZONEINFO: folder }).local.name).toBe(name)
  })

  it('have a local zone from a path, named by it', () => {
    const path = join(folder, 'Test')
    expect(createNodeZones({ TZ: path }).local).toMatchObject({ name: path })
    expect(createNodeZones({ TZ: path }).local.at(0n).abbreviation).toBe('TST')
  })

  it('have a local zone without TZ', () => {
    expect(createNodeZones({}).local.name).toMatch(/^(Local|UTC)$/)
  })
})
