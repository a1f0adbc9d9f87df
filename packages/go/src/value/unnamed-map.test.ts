import { describe, expect, it } from 'vitest'
import { kindOf, typeOf } from './kind.ts'
import { TypedMap } from './map.ts'
import { UnnamedMap } from './unnamed-map.ts'
import type { Value } from './value.ts'

describe('a map without the name of its type', () => {
  const named = new TypedMap<Value>('interface {}', [['a', 1]], 'common.Values')
  const unnamed = new UnnamedMap(named)

  it('is of the plain type', () => {
    expect([typeOf(named), typeOf(unnamed), kindOf(unnamed)]).toEqual([
      'common.Values',
      'map[string]interface {}',
      'map',
    ])
  })

  it('is the same map', () => {
    unnamed.set('b', 2)
    expect(named.get('b')).toBe(2)
    named.set('c', 3)
    expect([unnamed.size, unnamed.get('c'), unnamed.has('c'), unnamed.has('d')]).toEqual([3, 3, true, false])
    expect([...unnamed]).toEqual([...named])
    expect([...unnamed.keys()]).toEqual(['a', 'b', 'c'])
    expect([...unnamed.values()]).toEqual([1, 2, 3])
    expect(new Map(unnamed)).toEqual(new Map(named.entries()))
    const seen: Value[] = []
    for (const [, value] of unnamed.entries()) seen.push(value)
    expect(unnamed.delete('b')).toBe(true)
    expect([named.has('b'), seen]).toEqual([false, [1, 2, 3]])
    unnamed.clear()
    expect(named.size).toBe(0)
  })

  it('hands itself to a callback', () => {
    named.set('x', 1)
    const calls: unknown[] = []
    for (const call of [unnamed]) call.forEach((value, key, map) => calls.push(value, key, map === unnamed))
    expect(calls).toEqual([1, 'x', true])
  })
})
