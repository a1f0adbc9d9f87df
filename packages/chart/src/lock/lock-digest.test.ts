import { describe, expect, it } from 'vitest'
import { nodePorts } from '../node/ports.ts'
import { helm2LockDigest, lockDigest } from './lock-digest.ts'

const repository = 'oci://example.com/charts'

describe('lockDigest', () => {
  // Printed by helm 4.2.4.
  it('is what helm writes', () => {
    const declared = [{ name: 'common', version: '>=1.0.0 <2.0.0', repository }]
    const locked = [{ name: 'common', version: '1.4.2', repository }]
    expect(lockDigest(declared, locked, nodePorts)).toBe(
      'sha256:7f837d0b80d1513de9a2829f54e748651bf75f38042574b4ece3dab6b02a21e9',
    )
  })

  it('tells no list from an empty one', () => {
    const digests = [
      lockDigest(null, null, nodePorts),
      lockDigest([], [], nodePorts),
      lockDigest(null, [], nodePorts),
      lockDigest([], null, nodePorts),
    ]
    expect(digests[0]).toBe(`sha256:${nodePorts.sha256(new TextEncoder().encode('[null,null]'))}`)
    expect(new Set(digests).size).toBe(4)
  })

  it.each([
    ['alias', { alias: 'a' }],
    ['tags', { tags: ['a'] }],
    ['condition', { condition: 'a' }],
    ['enabled', { enabled: true }],
    ['import-values', { 'import-values': [{ child: 'a', parent: 'b' }] }],
  ])('changes with the %s of a declaration', (_, more) => {
    const plain = { name: 'common', version: '1', repository }
    expect(lockDigest([{ ...plain, ...more }], [plain], nodePorts)).not.toBe(
      lockDigest([plain], [plain], nodePorts),
    )
  })
})

describe('helm2LockDigest', () => {
  it('is over the declarations alone', () => {
    const json = '{"dependencies":[{"name":"a","version":"\\u003e1","repository":"@x"}]}'
    expect(helm2LockDigest([{ name: 'a', version: '>1', repository: '@x' }], nodePorts)).toBe(
      `sha256:${nodePorts.sha256(new TextEncoder().encode(json))}`,
    )
  })
})
