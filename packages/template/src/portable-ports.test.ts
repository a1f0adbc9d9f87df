import { FunctionError } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { nodePorts } from './node/ports.ts'
import { portablePorts } from './portable-ports.ts'

const ports = portablePorts(globalThis)
const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) % 256)

describe('the portable ports', () => {
  it.each(['sha1', 'sha256', 'sha512'] as const)('have the same %s as Node', (hash) => {
    for (const length of [0, 55, 64, 1000]) {
      expect(ports.crypto[hash](bytes(length))).toEqual(nodePorts.crypto[hash](bytes(length)))
    }
  })

  it('have the same HMAC, scrypt and AES as Node', () => {
    const cost = { n: 1024, r: 8, p: 2, length: 64 }
    const block = bytes(48)
    const [key, iv] = [bytes(32), bytes(16)]
    const { crypto } = nodePorts
    expect(ports.crypto.hmacSha256(bytes(70), block)).toEqual(crypto.hmacSha256(bytes(70), block))
    expect(ports.crypto.scrypt(bytes(5), bytes(9), cost)).toEqual(crypto.scrypt(bytes(5), bytes(9), cost))
    expect(ports.crypto.encryptAesCbc(key, iv, block)).toEqual(crypto.encryptAesCbc(key, iv, block))
    expect(ports.crypto.decryptAesCbc(key, iv, block)).toEqual(crypto.decryptAesCbc(key, iv, block))
  })

  it('say what they lack', () => {
    const { crypto } = ports
    const none = bytes(0)
    expect(() => crypto.generateKey('rsa-2048')).toThrow(
      new FunctionError(
        'making private keys is not possible on this platform: render the chart with Node instead',
      ),
    )
    expect(() => crypto.publicKey(none)).toThrow('reading private keys is not possible')
    expect(() => crypto.sign(none, 'sha256', none)).toThrow('signing certificates is not possible')
  })

  it('give the time, and random bytes in any number', () => {
    const { seconds, nanoseconds } = ports.now()
    expect(Math.abs(seconds - nodePorts.now().seconds)).toBeLessThan(60)
    expect(Number.isInteger(nanoseconds) && nanoseconds >= 0 && nanoseconds < 1e9).toBe(true)
    expect(ports.randomBytes(200_000)).toHaveLength(200_000)
    expect(new Set(ports.randomBytes(200_000)).size).toBe(256)
  })
})
