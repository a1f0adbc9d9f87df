import type { GoFunction, GoObject, Value } from '@chartroom/go'
import { formatValue, goInt } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { readVersion } from './semver.ts'
import { versionObject } from './version-object.ts'

const version = (text: string): GoObject => versionObject(readVersion(text))
const call = (object: GoObject, method: string, ...args: Value[]): Value =>
  ((object.methods.get(method) as GoFunction).call as (...args: Value[]) => Value)(...args)

describe('a version', () => {
  const one = version('v1.2.3-rc.1+b5')

  it.each<[string, Value]>([
    ['Major', goInt(1, 'uint64')],
    ['Minor', goInt(2, 'uint64')],
    ['Patch', goInt(3, 'uint64')],
    ['Prerelease', 'rc.1'],
    ['Metadata', 'b5'],
    ['Original', 'v1.2.3-rc.1+b5'],
    ['String', '1.2.3-rc.1+b5'],
  ])('has %s', (method, value) => {
    expect(call(one, method)).toEqual(value)
  })

  it('prints without its v', () => {
    expect(formatValue(one)).toBe('1.2.3-rc.1+b5')
  })

  it.each([
    ['IncMajor', '1.2.3-rc.1', 'v2.0.0'],
    ['IncMinor', '1.2.3', '1.3.0'],
    ['IncPatch', '1.2.3', '1.2.4'],
    ['IncPatch', '1.2.3-rc.1+b', '1.2.3'],
  ])('makes the next by %s of %s', (method, text, next) => {
    const made = call(version(next.startsWith('v') ? `v${text}` : text), method) as GoObject & {
      version: { original: string }
    }
    expect(made.version.original).toBe(next)
    expect([made.goType, made.goKind, made.methods.has('Original')]).toEqual([
      'semver.Version',
      'struct',
      false,
    ])
  })

  it('takes another pre-release or metadata, unless it is none', () => {
    expect(formatValue(call(one, 'SetPrerelease', 'rc.2'))).toBe('1.2.3-rc.2+b5')
    expect(formatValue(call(one, 'SetMetadata', ''))).toBe('1.2.3-rc.1')
    expect(() => call(one, 'SetPrerelease', 'rc..1')).toThrow('invalid prerelease string')
    expect(() => call(one, 'SetPrerelease', '01')).toThrow('version segment starts with 0')
    expect(() => call(one, 'SetMetadata', 'a_b')).toThrow('invalid metadata string')
  })

  it('compares by precedence', () => {
    const release = version('1.2.3')
    expect(call(one, 'Compare', release)).toEqual(goInt(-1))
    expect(call(one, 'LessThan', release)).toBe(true)
    expect(call(one, 'GreaterThanEqual', release)).toBe(false)
    expect(call(release, 'Equal', version('v1.2.3+other'))).toBe(true)
    expect(call(one, 'Equal', null)).toBe(false)
    expect(() => call(one, 'Compare', null)).toThrow('nil pointer dereference')
  })

  it('counts no further than uint64', () => {
    expect(() => call(version('18446744073709551615.0.0'), 'IncMajor')).toThrow(
      'major version increment would overflow uint64',
    )
  })
})
