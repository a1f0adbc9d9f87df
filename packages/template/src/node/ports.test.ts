import { createHash, createPublicKey, verify } from 'node:crypto'
import { FunctionError } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import type { KeyKind } from '../ports.ts'
import { nodePorts } from './ports.ts'

describe('the clock of Node', () => {
  it('goes on, with all its digits', () => {
    const first = nodePorts.now()
    const second = nodePorts.now()
    const total = ({ seconds, nanoseconds }: typeof first) =>
      BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)
    expect(total(second) >= total(first)).toBe(true)
    expect(Math.abs(first.seconds - Date.now() / 1000)).toBeLessThan(2)
    expect(first.nanoseconds).toBeLessThan(1_000_000_000)
    expect(first.monotonic).toBeGreaterThan(0n)
  })
})

describe('random bytes of Node', () => {
  it('are as many as asked for, and never the same', () => {
    expect(nodePorts.randomBytes(0)).toHaveLength(0)
    expect(new Set(nodePorts.randomBytes(100_000)).size).toBe(256)
    expect(nodePorts.randomBytes(16)).not.toEqual(nodePorts.randomBytes(16))
  })
})

describe('crypto of Node', () => {
  it.each([10, 5_000, 9_000, 100, 200_000])(
    'hashes %i bytes as OpenSSL does, with it or without it',
    (length) => {
      const data = new Uint8Array(length).fill(7)
      expect(Buffer.from(nodePorts.crypto.sha256(data))).toEqual(createHash('sha256').update(data).digest())
    },
  )

  it.each<[KeyKind, 'sha256' | undefined]>([
    ['rsa-2048', 'sha256'],
    ['p-256', 'sha256'],
    ['ed25519', undefined],
    ['dsa', 'sha256'],
  ])('makes keys of the kind %s that sign', (kind, hash) => {
    const { crypto } = nodePorts
    const key = crypto.generateKey(kind)
    const message = Uint8Array.of(1, 2, 3)
    const publicKey = createPublicKey({
      key: Buffer.from(crypto.publicKey(key)),
      format: 'der',
      type: 'spki',
    })
    expect(verify(hash, message, publicKey, crypto.sign(key, hash, message))).toBe(true)
  })

  it('refuses what is no private key as an error of the template', () => {
    expect(() => nodePorts.crypto.publicKey(Uint8Array.of(1))).toThrow(FunctionError)
    expect(() => nodePorts.crypto.publicKey(Uint8Array.of(1))).toThrow('the private key cannot be used: ')
  })
})
