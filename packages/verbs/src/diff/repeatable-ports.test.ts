import { describe, expect, it } from 'vitest'
import { repeatablePorts } from './repeatable-ports.ts'

describe('repeatable ports', () => {
  it('give the same bytes, keys, signatures and time after each start', () => {
    const ports = repeatablePorts()
    const use = () => {
      const { crypto, randomBytes, now } = ports.start()
      const key = crypto.generateKey('p-256')
      const signature = crypto.sign(key, 'sha256', Uint8Array.of(1, 2))
      return [randomBytes(7), randomBytes(100), key, crypto.generateKey('p-256'), signature, now()]
    }
    expect(use()).toEqual(use())
  })

  it('give other bytes and keys at each call', () => {
    const { crypto, randomBytes } = repeatablePorts().start()
    expect(randomBytes(33)).not.toEqual(randomBytes(33))
    expect(crypto.generateKey('ed25519')).not.toEqual(crypto.generateKey('ed25519'))
    expect(randomBytes(0)).toHaveLength(0)
    expect(new Set(randomBytes(70_000)).size).toBe(256)
  })

  it('give bytes that do not depend on those of other lengths', () => {
    const ports = repeatablePorts()
    const [first, second] = [ports.start(), ports.start()]
    second.randomBytes(8)
    expect(first.randomBytes(9)).toEqual(second.randomBytes(9))
  })

  it('hand out copies, so that no caller changes what another one gets', () => {
    const ports = repeatablePorts()
    ports.start().crypto.generateKey('ed25519').fill(0)
    expect(
      ports
        .start()
        .crypto.generateKey('ed25519')
        .some((byte) => byte !== 0),
    ).toBe(true)
  })
})
