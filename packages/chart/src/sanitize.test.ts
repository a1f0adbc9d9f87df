import { describe, expect, it } from 'vitest'
import { sanitize } from './sanitize.ts'

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
