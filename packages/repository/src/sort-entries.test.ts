import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entry } from '../test/entry.ts'
import { sortEntries } from './sort-entries.ts'

function sorted(versions: readonly string[]): string[] {
  return sortEntries(versions.map((version) => entry('a', version))).map(({ version }) => version)
}

describe('sortEntries', () => {
  it('puts newer versions first, and what is none last', () => {
    expect(
      sorted(['x', '1.0.0-rc.1', '1.0.0', 'v2', '1.0.0-rc.10', '10.0.0', '1.2', 'y', '1.0.0-rc.2']),
    ).toEqual(['10.0.0', 'v2', '1.2', '1.0.0', '1.0.0-rc.10', '1.0.0-rc.2', '1.0.0-rc.1', 'x', 'y'])
  })

  it('orders by text what only build metadata tells apart', () => {
    expect(sorted(['1.0.0+a', '1.0.0+c', '1.0.0', '1.0.0+b'])).toEqual([
      '1.0.0+c',
      '1.0.0+b',
      '1.0.0+a',
      '1.0.0',
    ])
  })

  it('keeps the order of entries of one version', () => {
    const entries = Array.from({ length: 40 }, (_, i) => entry('a', '1.0.0', { urls: [String(i)] }))
    expect(sortEntries(entries)).toEqual(entries)
  })

  it('gives one order for all orders, and changes nothing in place', () => {
    const part = fc.nat(2)
    const version = fc
      .tuple(part, part, fc.constantFrom('', '-a', '-1', '+x', '+y', '-a+x'))
      .map(([a, b, rest]) => `${a}.${b}.0${rest}`)
    fc.assert(
      fc.property(fc.uniqueArray(version, { maxLength: 12 }), fc.nat(), (versions, turn) => {
        const at = versions.length === 0 ? 0 : turn % versions.length
        const turned = [...versions.slice(at), ...versions.slice(0, at)].reverse()
        const before = [...turned]
        expect(sorted(turned)).toEqual(sorted(versions))
        expect(turned).toEqual(before)
      }),
    )
  })
})
