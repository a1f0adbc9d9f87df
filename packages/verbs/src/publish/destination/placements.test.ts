import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import type { Environment } from '../../environment.ts'
import { limits } from '../../limits.ts'
import type { PlacedBlob } from './placements.ts'
import { openPlacements } from './placements.ts'

const digest = `sha256:${'a'.repeat(64)}`
const blobIn = (repository: string, host = 'h:5000'): PlacedBlob => ({ host, repository, digest })

function environment(): Environment & { readonly file: string } {
  const home = temporaryFolder()
  mkdirSync(join(home, 'chartroom'))
  return {
    env: { HOME: home, XDG_CACHE_HOME: home },
    cwd: home,
    platform: 'linux',
    file: join(home, 'chartroom', 'placements'),
  }
}

/** Places a blob; gives where it may be mounted from. */
async function place(
  placements: Awaited<ReturnType<typeof openPlacements>>,
  blob: PlacedBlob,
): Promise<string | undefined> {
  let from: string | undefined
  await placements.place(blob, (mountFrom) => {
    from = mountFrom
    return Promise.resolve()
  })
  return from
}

describe('placements', () => {
  it('of this run are mounted from', async () => {
    const placements = await openPlacements(environment())
    expect(await place(placements, blobIn('a'))).toBeUndefined()
    expect(await place(placements, blobIn('b'))).toBe('a')
    expect(await place(placements, blobIn('b', 'other'))).toBeUndefined()
  })

  it('of an earlier run are mounted from', async () => {
    const here = environment()
    const first = await openPlacements(here)
    await place(first, blobIn('a'))
    await first.save()
    const second = await openPlacements(here)
    expect(await place(second, blobIn('b'))).toBe('a')
    await second.save()
    expect(await place(await openPlacements(here), blobIn('c'))).toBe('b')
  })

  it('of an earlier run in the same repository say nothing: it may be gone', async () => {
    const here = environment()
    const first = await openPlacements(here)
    await place(first, blobIn('a'))
    await first.save()
    expect(await place(await openPlacements(here), blobIn('a'))).toBeUndefined()
  })

  it('that failed are not remembered', async () => {
    const here = environment()
    const placements = await openPlacements(here)
    const failing = placements.place(blobIn('a'), () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await place(placements, blobIn('b'))).toBeUndefined()
    await placements.save()
    expect(existsSync(here.file)).toBe(false)
  })

  it('forget the older half of a file that has grown beyond its limit', async () => {
    const here = environment()
    const line = (i: number): string => `h:5000 old ${digest.slice(0, -8)}${String(i).padStart(8, '0')}\n`
    const count = Math.ceil(limits.placementBytes / line(0).length)
    writeFileSync(here.file, Array.from({ length: count }, (_, i) => line(i)).join(''))
    const placements = await openPlacements(here)
    await place(placements, blobIn('a'))
    await placements.save()
    expect(statSync(here.file).size).toBeLessThan(limits.placementBytes * 0.51)
    const text = readFileSync(here.file, 'utf8')
    expect(text.split('\n', 1)[0]).toMatch(/^h:5000 old sha256:/)
    expect(text).toContain(`h:5000 a ${digest}\n`)
  })

  it.each([
    ['lines that are none', 'x\nh:5000 ../a sha256:0\n\u0000'],
    ['a file that is too large', `h:5000 a ${digest}\n`.padEnd(2 * limits.placementBytes + 1, 'x')],
  ])('take %s for nothing', async (_, text) => {
    const here = environment()
    writeFileSync(here.file, text)
    expect(await place(await openPlacements(here), blobIn('b'))).toBeUndefined()
  })

  it('do without a file that can be neither read nor written', async () => {
    const here = environment()
    mkdirSync(here.file)
    const placements = await openPlacements(here)
    await place(placements, blobIn('a'))
    await expect(placements.save()).resolves.toBeUndefined()
  })
})
