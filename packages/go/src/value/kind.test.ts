import { describe, expect, it } from 'vitest'
import { GoDuration } from '../time/named-int.ts'
import { FunctionError } from './function.ts'
import { goInt } from './int.ts'
import { isObject, kindOf, typeOf, underlyingOf } from './kind.ts'
import { TypedList } from './list.ts'
import { TypedMap } from './map.ts'
import { isNil, nilBytes, nilList, nilMap } from './nil.ts'
import type { Value } from './value.ts'

const struct: Value = { goType: 'main.T', goKind: 'struct', fields: new Map(), methods: new Map() }
const called: Value = { parameters: [], variadic: false, call: () => null }

const cases: [string, Value, string, string][] = [
  ['no value', undefined, 'invalid', '<nil>'],
  ['nil', null, 'invalid', '<nil>'],
  ['a bool', true, 'bool', 'bool'],
  ['a float', 1, 'float64', 'float64'],
  ['an integer', goInt(1, 'uint8'), 'uint8', 'uint8'],
  ['a string', 'x', 'string', 'string'],
  ['bytes', new Uint8Array(1), 'slice', '[]uint8'],
  ['a list', [1], 'slice', '[]interface {}'],
  ['a list of strings', new TypedList('string', ['x']), 'slice', '[]string'],
  ['a map', new Map(), 'map', 'map[string]interface {}'],
  ['a map of strings', new TypedMap('string', []), 'map', 'map[string]string'],
  ['a named map', new TypedMap('interface {}', [], 'common.Values'), 'map', 'common.Values'],
  ['a struct', struct, 'struct', 'main.T'],
  ['a duration', new GoDuration(1n), 'int64', 'time.Duration'],
  ['a function', called, 'func', 'func'],
]

describe('kinds and types', () => {
  for (const [name, value, kind, type] of cases) {
    it(`of ${name} are ${kind} and ${type}`, () => {
      expect([kindOf(value), typeOf(value)]).toEqual([kind, type])
    })
  }

  it('tell objects from all else', () => {
    expect(cases.filter(([, value]) => isObject(value)).map(([name]) => name)).toEqual([
      'a struct',
      'a duration',
    ])
  })

  it('of a named integer lie over an integer', () => {
    expect(underlyingOf(new GoDuration(5n))).toMatchObject({ kind: 'int64', value: 5n })
    expect(underlyingOf(struct)).toBe(struct)
    expect(underlyingOf('x')).toBe('x')
  })
})

describe('nil', () => {
  it('is no value, nil, and what was never made', () => {
    const nils = [undefined, null, nilMap, nilList as Value[], nilBytes, new TypedList('string', [], true)]
    expect(nils.map(isNil)).not.toContain(false)
    const others = [[], new Map(), '', 0, false, new Uint8Array(0), new TypedList('string', []), struct]
    expect(others.map(isNil)).not.toContain(true)
  })

  it('as a map is read like an empty one, and cannot be written', () => {
    expect([nilMap.size, nilMap.get('a'), kindOf(nilMap), typeOf(nilMap)]).toEqual([
      0,
      undefined,
      'map',
      'map[string]interface {}',
    ])
    expect(() => nilMap.set('a', 1)).toThrow(new FunctionError('assignment to entry in nil map'))
  })
})
