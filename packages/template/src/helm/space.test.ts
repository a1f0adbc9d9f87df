import { expect, it } from 'vitest'
import { trimSpace } from './space.ts'

it.each([
  ['', ''],
  [' \n', ''],
  ['\u0085\u3000\v a\n\u0085 \u0085', 'a'],
  ['\ufeffa\ufeff\n', '\ufeffa\ufeff'],
])("trims %j as Go's strings.TrimSpace does", (text, expected) => {
  expect(trimSpace(text)).toBe(expected)
})
