import { describe, expect, it } from 'vitest'
import { sanitize, trimSpace } from './space.ts'

describe('sanitize', () => {
  it.each([
    ['a\tb\nc\u00a0d\u2028e\u3000f', 'a b c d e f'],
    ['a\u0007\u200b\u00ad\ufeffb', 'ab'],
    ['é日本😀\u0301', 'é日本😀\u0301'],
    ['\ue000\u{e0001}', ''],
  ])('%j becomes %j', (from, to) => {
    expect(sanitize(from)).toBe(to)
  })
})

it('trimSpace takes off what Go calls space, and no byte order mark', () => {
  expect(trimSpace('\u0085\u2003 a b\t\u00a0')).toBe('a b')
  expect(trimSpace('\ufeffa')).toBe('\ufeffa')
  expect(trimSpace(' \n ')).toBe('')
})
