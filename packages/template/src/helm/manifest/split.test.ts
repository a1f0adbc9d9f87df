import { expect, it } from 'vitest'
import { splitManifests, splitManifestsAsHelm3 } from './split.ts'

it.each([
  ['a: 1\n---\nb: 2\n', ['a: 1\n', 'b: 2\n']],
  ['---\n--- \na: 1', ['a: 1']],
  ['---a: 1\n', ['a: 1\n']],
  ['text: |\n  ---\n  x\n', ['text: |\n  ---\n  x\n']],
  ['a: 1\r\n---\r\nb: 2', ['a: 1\r\n', 'b: 2']],
  ['', []],
  [' \n\t---\n', []],
  ['a: 1\r---\u2028---', ['a: 1\r---\u2028---']],
])('splits %j as helm does', (text, expected) => {
  expect(splitManifests(text)).toEqual(expected)
})

it.each([
  ['a: 1\n---\nb: 2\n', ['a: 1', 'b: 2']],
  ['---a: 1\n', ['a: 1']],
  ['---\n\n---\na: 1', ['---\na: 1']],
  ['a: 1\n---\n---\n---\nb: 2', ['a: 1', '---', 'b: 2']],
  ['text: |\n  ---\n  x\n', ['text: |\n  ---\n  x']],
  [' \n\t---\n', []],
])('splits %j as helm 3 does', (text, expected) => {
  expect(splitManifestsAsHelm3(text)).toEqual(expected)
})
