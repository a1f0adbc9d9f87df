import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { openTempFolder } from './temp.ts'

const host = hostname().replace(/[^A-Za-z0-9-]/g, '-')
// Above the largest number that Linux, macOS or Windows gives to a process.
const deadPid = 2 ** 31 - 2

describe('the folder for unfinished files', () => {
  it.each([
    ['of a process that ended', `${host}.${deadPid}.1.ab`, 0, false],
    ['of an earlier process with our number', `${host}.${process.pid}.1.ab`, 0, false],
    ['of another machine without a sign for long', 'elsewhere.1.1.ab', 3_600_000, false],
    ['of another machine that is at work', 'elsewhere.1.1.ab', 0, true],
    ['of a running process', `${host}.${process.ppid}.1.ab`, 0, true],
    ['that somebody else put there', 'notes', 3_600_000, true],
  ])('%s is kept: %s, %s ms old: %s', async (_, name, age, kept) => {
    const uploads = temporaryFolder()
    const path = join(uploads, name)
    mkdirSync(path)
    writeFileSync(join(path, 'part'), 'x')
    const then = new Date(Date.now() - age)
    utimesSync(path, then, then)
    const temp = await openTempFolder(uploads)
    expect(existsSync(path)).toBe(kept)
    await temp.close()
  })

  it('goes when it is closed', async () => {
    const uploads = temporaryFolder()
    const [one, other] = [await openTempFolder(uploads), await openTempFolder(uploads)]
    expect(readdirSync(uploads)).toHaveLength(2)
    await one.close()
    expect(readdirSync(uploads)).toHaveLength(1)
    await other.close()
    expect(readdirSync(uploads)).toEqual([])
  })
})
