import { describe, expect, it } from 'vitest'
import { byteLength, bytesString, stringBytes } from './byte-string.ts'

describe('a Go string', () => {
  it.each([
    ['', []],
    ['abc', [0x61, 0x62, 0x63]],
    ['é', [0xc3, 0xa9]],
    ['€', [0xe2, 0x82, 0xac]],
    ['\u{1f600}', [0xf0, 0x9f, 0x98, 0x80]],
    ['a\udcffb', [0x61, 0xff, 0x62]],
    ['\udcc3', [0xc3]],
    ['\ufeff\0', [0xef, 0xbb, 0xbf, 0]],
    ['\u{1f600}\udc80\u07ff\u0800', [0xf0, 0x9f, 0x98, 0x80, 0x80, 0xdf, 0xbf, 0xe0, 0xa0, 0x80]],
  ])('%j is bytes and back', (text, bytes) => {
    expect([...stringBytes(text)]).toEqual(bytes)
    expect(bytesString(Uint8Array.from(bytes))).toBe(text)
    expect(byteLength(text)).toBe(bytes.length)
  })

  it('escapes each byte of what is not UTF-8, and nothing else', () => {
    expect(bytesString(Uint8Array.of(0xe2, 0x82))).toBe('\udce2\udc82')
    expect(bytesString(Uint8Array.of(0xc0, 0x80))).toBe('\udcc0\udc80')
    expect(bytesString(Uint8Array.of(0xed, 0xa0, 0x80))).toBe('\udced\udca0\udc80')
    expect(bytesString(Uint8Array.of(0xc3, 0xa9, 0xff, 0x61))).toBe('é\udcffa')
    expect(bytesString(Uint8Array.of(0xf4, 0x90, 0x80, 0x80))).toBe('\udcf4\udc90\udc80\udc80')
  })

  it('comes back from any bytes', () => {
    let seed = 1
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from({ length: 20 }, () => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
        return seed >>> 24
      })
      const text = bytesString(bytes)
      expect(stringBytes(text)).toEqual(bytes)
      expect(byteLength(text)).toBe(bytes.length)
    }
  })
})
