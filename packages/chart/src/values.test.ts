import { formatJson } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { chartValues, loadValuesFile, readValues } from './values.ts'

describe('readValues', () => {
  it('merges documents, maps key by key, all else whole', () => {
    const values = readValues('a: {x: 1, l: [1, 2]}\nb: 1\n---\na: {z: 2, l: [3]}\nb: {c: 1}\n')
    expect(formatJson(values)).toBe('{"a":{"l":[3],"x":1,"z":2},"b":{"c":1}}')
  })

  it('takes no key for a prototype', () => {
    const values = readValues('__proto__: {a: 1}\n---\n__proto__: {b: 2}\n')
    expect(formatJson(values)).toBe('{"__proto__":{"a":1,"b":2}}')
  })

  it.each([
    ['- a\n', 'cannot unmarshal yaml document: '],
    ['a: 1\n--- b\n', 'invalid Yaml document separator: b'],
    ['a: 1\n----\n', 'invalid Yaml document separator: -'],
  ])('refuses %j', (text, message) => {
    expect(() => readValues(text)).toThrow(message)
  })
})

it("values that were read with the chart are each caller's own", () => {
  const file = { name: 'values.yaml', data: new TextEncoder().encode('a: {b: 1}\n') }
  loadValuesFile(file)
  const [first, second] = [chartValues({ files: [file] }), chartValues({ files: [file] })]
  first.set('a', null)
  expect(formatJson(first)).toBe('{"a":null}')
  expect(formatJson(second)).toBe('{"a":{"b":1}}')
})

it('a chart without values.yaml has no values', () => {
  expect(chartValues({ files: [] }).size).toBe(0)
})
