import type { Digest } from '@chartroom/oci'
import { sha256 } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { createMemory } from './memory.ts'

describe('content in memory', () => {
  it('stays within its bytes, and what was not used for longest goes first', () => {
    const memory = createMemory({ totalBytes: 10, itemBytes: 5 })
    const [a, b, c] = ['a', 'b', 'c'].map(sha256) as [Digest, Digest, Digest]
    memory.put(a, Buffer.alloc(5))
    memory.put(b, Buffer.alloc(5))
    memory.get(a)
    memory.put(c, Buffer.alloc(1))
    expect([a, b, c].map((digest) => memory.get(digest)?.length)).toEqual([5, undefined, 1])
    memory.put(c, Buffer.alloc(5))
    expect(memory.get(a)?.length).toBe(5)
  })

  it('takes nothing above the size of one item', () => {
    const memory = createMemory({ totalBytes: 10, itemBytes: 5 })
    memory.put(sha256('a') as Digest, Buffer.alloc(6))
    expect(memory.get(sha256('a') as Digest)).toBeUndefined()
  })
})
