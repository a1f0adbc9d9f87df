import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RsaNumbers } from './certificate-rsa.ts'
import { checkRsa, rsaHelpers } from './certificate-rsa.ts'

const { d, dp, dq, e, n, p, q, qi } = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
  format: 'jwk',
})
const numberOf = (text = '') => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`)
const good: RsaNumbers = {
  modulus: numberOf(n),
  publicExponent: numberOf(e),
  privateExponent: numberOf(d),
  p: numberOf(p),
  q: numberOf(q),
  helpers: [numberOf(dp), numberOf(dq), numberOf(qi)],
}
const [dP, dQ, inverse] = good.helpers

describe('an RSA key', () => {
  it('of OpenSSL is taken', () => {
    expect(() => checkRsa(good)).not.toThrow()
  })

  it('gets the helpers that it lacks', () => {
    expect(rsaHelpers(good.privateExponent, good.p, good.q)).toEqual(good.helpers)
    expect(rsaHelpers(1n, 1n, 1n)).toEqual([0n, 0n, 0n])
  })

  it.each<[string, Partial<RsaNumbers>]>([
    ['modulus must be > 1', { p: 1n }],
    ['input overflows the modulus', { privateExponent: good.modulus }],
    ['input overflows the modulus', { helpers: [dP, dQ, good.p] }],
    ['crypto/rsa: public modulus is even', { modulus: good.modulus - 1n }],
    ['crypto/rsa: public exponent too small or negative', { publicExponent: -3n }],
    ['crypto/rsa: public exponent is even', { publicExponent: 65_536n }],
    ['crypto/rsa: public exponent too large', { publicExponent: (1n << 31n) + 1n }],
    ['crypto/rsa: invalid prime', { p: good.modulus }],
    ['crypto/rsa: p * q != n', { q: good.q + 2n }],
    ['crypto/rsa: invalid CRT exponent', { helpers: [dP + 1n, dQ, inverse] }],
    ['crypto/rsa: invalid CRT exponent', { helpers: [dP, dQ + 1n, inverse] }],
    ['crypto/rsa: invalid CRT coefficient', { helpers: [dP, dQ, inverse + 1n] }],
    ['crypto/rsa: d does not match dP', { privateExponent: good.privateExponent - 2n }],
    ['crypto/rsa: d does not match dQ', { privateExponent: good.privateExponent - (good.p - 1n) }],
  ])('is refused with "%s"', (complaint, change) => {
    expect(() => checkRsa({ ...good, ...change })).toThrow(complaint)
  })
})
