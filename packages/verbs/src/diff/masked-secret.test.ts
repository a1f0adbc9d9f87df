import { formatYaml } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { isSecret, maskedSecret } from './masked-secret.ts'
import type { ObjectData } from './object-data.ts'
import { isData, readDocuments } from './object-data.ts'

function data(text: string): ObjectData {
  const [document] = readDocuments(text)
  if (!isData(document)) throw new Error('no map')
  return document
}

/** Both sides of a comparison. */
function masked(before: string, after: string): [string, string] {
  const [old, young] = [data(before), data(after)]
  return [formatYaml(maskedSecret(old, young, 'before')), formatYaml(maskedSecret(young, old, 'after'))]
}

describe('the values of a Secret', () => {
  it.each<[string, string, string, string, string]>([
    ['are hidden', 'data: {a: x}', 'data: {a: x}', 'data: {a: (hidden)}', 'data: {a: (hidden)}'],
    [
      'are said to be others when they are',
      'data: {a: x}',
      'data: {a: y}',
      'data: {a: "(hidden, before)"}',
      'data: {a: "(hidden, after)"}',
    ],
    [
      'are hidden when they come or go',
      'data: {a: x}',
      'data: {b: x}',
      'data: {a: (hidden)}',
      'data: {b: (hidden)}',
    ],
    [
      'are hidden in stringData',
      'stringData: {a: x}',
      'stringData: {a: y}',
      'stringData: {a: "(hidden, before)"}',
      'stringData: {a: "(hidden, after)"}',
    ],
    [
      'are hidden when they are no texts',
      'data: {a: {b: x}, c: [x], d: 1}',
      'data: {a: {b: y}, c: [x], d: 2}',
      'data: {a: "(hidden, before)", c: (hidden), d: "(hidden, before)"}',
      'data: {a: "(hidden, after)", c: (hidden), d: "(hidden, after)"}',
    ],
    [
      'are hidden all together when they are no map',
      'data: x',
      'data: [y]',
      'data: "(hidden, before)"',
      'data: "(hidden, after)"',
    ],
    [
      'are hidden under keys in any case',
      'Data: {a: x}',
      'DATA: {a: x}',
      'Data: {a: (hidden)}',
      'DATA: {a: (hidden)}',
    ],
    ['may be absent', 'data: null', 'type: Opaque', 'data: null', 'type: Opaque'],
  ])('%s', (_, before, after, left, right) => {
    expect(masked(before, after)).toEqual([formatYaml(data(left)), formatYaml(data(right))])
  })

  it('do not depend on the order of keys in them', () => {
    expect(masked('data: {a: {b: 1, c: 2}}', 'data: {a: {c: 2, b: 1}}')[0]).toBe('data:\n  a: (hidden)\n')
  })

  it('are hidden where there is one side alone', () => {
    expect(formatYaml(maskedSecret(data('data: {a: x}'), undefined, 'after'))).toBe('data:\n  a: (hidden)\n')
    expect(formatYaml(maskedSecret(data('data: x'), undefined, 'after'))).toBe('data: (hidden)\n')
  })

  it('are those of the kind Secret, however it is written', () => {
    expect(
      ['Secret', 'secret', 'SECRET', 'SealedSecret', 'ConfigMap'].filter((kind) => isSecret({ kind })),
    ).toEqual(['Secret', 'secret', 'SECRET'])
  })
})
