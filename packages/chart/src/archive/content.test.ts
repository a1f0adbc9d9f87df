import { expect, it } from 'vitest'
import type { ChartFile } from '../file.ts'
import { sameContent } from './content.ts'

const file = (name: string, ...bytes: number[]): ChartFile => ({ name, data: Uint8Array.from(bytes) })

it.each([
  ['equal files in another order', [file('a', 1), file('b', 2)], [file('b', 2), file('a', 1)], true],
  ['nothing and nothing', [], [], true],
  ['other bytes', [file('a', 1)], [file('a', 2)], false],
  ['fewer bytes', [file('a', 1, 2)], [file('a', 1)], false],
  ['another name', [file('a', 1)], [file('b', 1)], false],
  ['one file more', [file('a', 1)], [file('a', 1), file('b', 1)], false],
  ['one file twice', [file('a', 1), file('a', 1)], [file('a', 1), file('b', 1)], false],
])('sameContent compares %s', (_, a, b, same) => {
  expect(sameContent(a, b)).toBe(same)
  expect(sameContent(b, a)).toBe(same)
})
