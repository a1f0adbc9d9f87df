import type { GoFunction, Value } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { dictFunctions } from './dicts.ts'

const call = (name: string, ...args: Value[]): Value =>
  ((dictFunctions.get(name) as GoFunction).call as (...args: Value[]) => Value)(...args)

const mapOf = (entries: Record<string, Value>) => new Map<string, Value>(Object.entries(entries))

describe('merge', () => {
  it('changes and gives its first map', () => {
    const first = mapOf({ a: 1 })
    expect(call('merge', first, mapOf({ b: 2 }))).toBe(first)
    expect(first).toEqual(mapOf({ a: 1, b: 2 }))
  })

  it('shares maps and lists of the source, as Go does', () => {
    const inner = mapOf({ x: 1 })
    const list: Value[] = [1]
    const merged = call('merge', mapOf({}), mapOf({ inner, list })) as ReadonlyMap<string, Value>
    expect(merged.get('inner')).toBe(inner)
    expect(merged.get('list')).toBe(list)
  })

  it('fills the maps that the destination has', () => {
    const inner = mapOf({ x: 1 })
    call('merge', mapOf({ inner }), mapOf({ inner: mapOf({ x: 2, y: 3 }) }))
    expect(inner).toEqual(mapOf({ x: 1, y: 3 }))
  })

  it('takes a map as its own source', () => {
    const map = mapOf({ a: mapOf({ b: 0 }), c: '' })
    expect(call('mergeOverwrite', map, map)).toBe(map)
  })
})

describe('deepCopy', () => {
  it('shares nothing that can change', () => {
    const map = mapOf({ inner: mapOf({ list: [mapOf({ x: 1 })] }) })
    const copy = call('deepCopy', map) as Map<string, Value>
    expect(copy).toEqual(map)
    const inner = copy.get('inner') as Map<string, Value>
    ;(inner.get('list') as Value[]).push('new')
    inner.set('other', true)
    expect(map).toEqual(mapOf({ inner: mapOf({ list: [mapOf({ x: 1 })] }) }))
  })
})

describe('set and unset', () => {
  it('change the map they are given and give it back', () => {
    const map = mapOf({})
    expect(call('set', map, '__proto__', 'data')).toBe(map)
    expect(call('get', map, '__proto__')).toBe('data')
    expect(call('hasKey', map, 'constructor')).toBe(false)
    expect(call('unset', map, '__proto__')).toBe(map)
    expect(map.size).toBe(0)
  })
})

describe('keys and values', () => {
  it('come in the order of the map', () => {
    const map = mapOf({ b: 1, a: 2 })
    expect([...(call('keys', map, map) as Value[])]).toEqual(['b', 'a', 'b', 'a'])
    expect(call('values', map)).toEqual([1, 2])
  })
})
