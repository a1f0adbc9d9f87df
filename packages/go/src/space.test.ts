import { expect, it } from 'vitest'
import { isSpace, trimLeft, trimSpace } from './space.ts'

it.each([
  ['', ''],
  [' \n', ''],
  ['\u0085\u3000\v a\n\u0085 \u0085', 'a'],
  ['\u0085\u2003 a b\t\u00a0', 'a b'],
  ['\ufeffa\ufeff\n', '\ufeffa\ufeff'],
])("trims %j as Go's strings.TrimSpace does", (text, expected) => {
  expect(trimSpace(text)).toBe(expected)
  expect(trimLeft(text)).toBe(text.slice(text.indexOf(expected)).replace(/^[\s\u0085]+$/, ''))
})

it('takes for space what Go takes', () => {
  const units = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(isSpace)
  const written = String.fromCharCode(...units)
  expect(written).toMatch(/^\t\n\v\f\r \u0085\u00a0\u1680[\u2000-\u200a]{11}\u2028\u2029\u202f\u205f\u3000$/)
})
