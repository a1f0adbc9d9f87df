import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { pool } from './pool.ts'

describe('pool', () => {
  it('keeps the order of the items and never exceeds its limit', async () => {
    let running = 0
    let most = 0
    const results = await pool([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, ++running)
      await sleep(item)
      running--
      return item * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30])
    expect(most).toBe(2)
  })

  it('starts nothing new after a failure and awaits what runs', async () => {
    const started: number[] = []
    const finished: number[] = []
    const run = pool([1, 2, 3, 4], 2, async (item) => {
      started.push(item)
      await sleep(item)
      if (item === 1) throw new Error('first')
      finished.push(item)
    })
    await expect(run).rejects.toThrow('first')
    expect([started, finished]).toEqual([[1, 2], [2]])
  })
})
