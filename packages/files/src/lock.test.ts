import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { withLock } from './lock.ts'

/** Runs twenty at once, each of which counts one up with a pause between reading and writing. */
async function countUp(folder: string): Promise<number> {
  const [lock, counter] = [join(folder, 'lock'), join(folder, 'counter')]
  writeFileSync(counter, '0')
  const work = async (): Promise<void> => {
    const before = Number(readFileSync(counter, 'utf8'))
    await sleep(1)
    writeFileSync(counter, String(before + 1))
  }
  await Promise.all(Array.from({ length: 20 }, () => withLock(lock, work)))
  return Number(readFileSync(counter, 'utf8'))
}

describe('withLock', () => {
  it('lets one in at a time, and leaves no file', async () => {
    const folder = temporaryFolder()
    expect(await countUp(folder)).toBe(20)
    expect(readdirSync(folder)).toEqual(['counter'])
  })

  it('is taken over by one alone when its process is gone', async () => {
    const folder = temporaryFolder()
    const child = execFile(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.once('close', resolve))
    writeFileSync(join(folder, 'lock'), `${child.pid} ${hostname()}\n`)
    expect(await countUp(folder)).toBe(20)
    expect(readdirSync(folder)).toEqual(['counter'])
  })

  it.each([
    ['from another machine that is silent', '1 elsewhere\n', 61_000],
    ['when its process was killed before it could sign', '', 2_000],
  ])('is taken over %s', async (_, text, age) => {
    const lock = join(temporaryFolder(), 'lock')
    writeFileSync(lock, text)
    const old = new Date(Date.now() - age)
    utimesSync(lock, old, old)
    expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done')
  })

  it('waits for a process that lives', async () => {
    const lock = join(temporaryFolder(), 'lock')
    let held = true
    const first = withLock(lock, async () => {
      await sleep(60)
      held = false
    })
    await withLock(lock, () => Promise.resolve(expect(held).toBe(false)))
    await first
  })

  it('is given back after a failure', async () => {
    const lock = join(temporaryFolder(), 'lock')
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(existsSync(lock)).toBe(false)
  })
})
