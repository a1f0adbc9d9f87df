import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256 } from './crypto-sha256.ts'

describe('sha256', () => {
  it('is that of OpenSSL for every length up to four blocks', () => {
    const data = Uint8Array.from({ length: 260 }, (_, index) => (index * 89) % 256)
    for (let length = 0; length <= data.length; length++) {
      const part = data.subarray(0, length)
      expect(Buffer.from(sha256(part)).equals(createHash('sha256').update(part).digest())).toBe(true)
    }
  })
})
