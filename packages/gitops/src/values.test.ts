import type { Value } from '@chartroom/go'
import { toValue } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import type { Values } from './object.ts'
import { inspectValues, valuesNotes } from './values.ts'

describe('inspectValues', () => {
  it.each([
    [{ a: 1, b: ['x', { c: true }], d: ['\u0001', null] }, {}],
    [{ a: { b: null } }, { hasNull: true }],
    [{ a: ['${X}'] }, { hasDollar: true }],
    [{ '${X}': 1 }, { hasDollar: true }],
    [{ a: '\u007f' }, { hasControl: true }],
    [{ '\u0085': 1 }, { hasControl: true }],
  ])('finds in %j what is read in another way', (values, found) => {
    const traits = inspectValues(toValue(values as never) as Values)
    expect(traits).toEqual({ hasNull: false, hasControl: false, hasDollar: false, ...found })
    expect(valuesNotes(traits)).toHaveLength(traits.hasNull || traits.hasControl ? 1 : 0)
  })

  it('refuses bytes, which JSON does not know', () => {
    expect(() => inspectValues(new Map<string, Value>([['a', new Uint8Array(1)]]))).toThrow(/value a cannot/)
  })
})
