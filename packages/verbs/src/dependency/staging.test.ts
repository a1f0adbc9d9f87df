import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { Staging } from './staging.ts'

/** A chart folder whose `charts/` has two archives and a folder. */
async function chartFolder(): Promise<string> {
  const folder = temporaryFolder()
  await mkdir(join(folder, 'charts', 'own'), { recursive: true })
  await writeFile(join(folder, 'charts', 'own', 'Chart.yaml'), 'mine')
  await writeFile(join(folder, 'charts', 'a-1.tgz'), 'a1')
  await writeFile(join(folder, 'charts', 'b-1.tgz'), 'b1')
  return folder
}

const text = (bytes: string): Uint8Array => new TextEncoder().encode(bytes)

async function change(folder: string): Promise<void> {
  await Staging.use(folder, async (staging) => {
    await staging.stage('a-2.tgz', text('a2'))
    await staging.stage('b-2.tgz', text('b2'))
    await staging.stageText('Chart.lock', 'locked')
    await staging.commit({
      changed: ['a-2.tgz', 'b-2.tgz'],
      removed: ['a-1.tgz', 'b-1.tgz'],
      kept: ['own'],
    })
  })
}

describe('Staging', () => {
  it('replaces charts/, and moves what is kept as it is', async () => {
    const folder = await chartFolder()
    const before = await stat(join(folder, 'charts', 'own'))
    await change(folder)
    expect(await tree(folder)).toEqual([
      'Chart.lock',
      'charts',
      'charts/a-2.tgz',
      'charts/b-2.tgz',
      'charts/own',
      'charts/own/Chart.yaml',
    ])
    expect((await stat(join(folder, 'charts', 'own'))).ino).toBe(before.ino)
  })

  it('touches nothing else where one archive comes and none goes', async () => {
    const folder = await chartFolder()
    const before = await stat(join(folder, 'charts'))
    await Staging.use(folder, async (staging) => {
      await staging.stage('c-1.tgz', text('c1'))
      await staging.commit({ changed: ['c-1.tgz'], removed: [], kept: ['a-1.tgz', 'b-1.tgz', 'own'] })
    })
    expect((await stat(join(folder, 'charts'))).ino).toBe(before.ino)
    expect(await readdir(join(folder, 'charts'))).toEqual(['a-1.tgz', 'b-1.tgz', 'c-1.tgz', 'own'])
  })

  it('leaves everything as it was when the work fails', async () => {
    const folder = await chartFolder()
    const before = await tree(folder)
    const failing = Staging.use(folder, async (staging) => {
      await staging.stage('a-2.tgz', text('a2'))
      throw new Error('no more')
    })
    await expect(failing).rejects.toThrow('no more')
    expect(await tree(folder)).toEqual(before)
  })

  it('undoes a commit that fails in the middle', async () => {
    const folder = await chartFolder()
    const before = await tree(folder)
    const failing = Staging.use(folder, async (staging) => {
      await staging.stage('a-2.tgz', text('a2'))
      await staging.commit({
        changed: ['a-2.tgz'],
        removed: ['a-1.tgz'],
        kept: ['own', 'b-1.tgz', 'vanished'],
      })
    })
    await expect(failing).rejects.toThrow('ENOENT')
    expect(await tree(folder)).toEqual(before)
  })

  it('lets one work at a time', async () => {
    const folder = await chartFolder()
    let inside = 0
    const work = (name: string): Promise<void> =>
      Staging.use(folder, async (staging) => {
        inside += 1
        expect(inside).toBe(1)
        await staging.stage(name, text(name))
        await new Promise((resolve) => setTimeout(resolve, 20))
        await staging.commit({ changed: [name], removed: [], kept: [] })
        inside -= 1
      })
    await Promise.all(['x-1.tgz', 'y-1.tgz', 'z-1.tgz'].map(work))
    expect(await readdir(join(folder, 'charts'))).toHaveLength(6)
  })
})

describe('what a killed process leaves', () => {
  const work = (folder: string, ...path: string[]): string => join(folder, 'tmpcharts-chartroom', ...path)

  /** The state between the two renames: the old folder is away, and `own` on its way or not. */
  async function torn(folder: string, moved: boolean): Promise<void> {
    await mkdir(work(folder, 'next'), { recursive: true })
    await writeFile(work(folder, 'next', 'a-2.tgz'), 'a2')
    await writeFile(work(folder, 'kept.json'), '["own"]')
    await rename(join(folder, 'charts'), work(folder, 'old'))
    if (moved) await rename(work(folder, 'old', 'own'), work(folder, 'next', 'own'))
  }

  it.each([true, false])('between the renames is put back (own had moved: %s)', async (moved) => {
    const folder = await chartFolder()
    const before = await tree(folder)
    await torn(folder, moved)
    await Staging.use(folder, () => Promise.resolve())
    expect(await tree(folder)).toEqual(before)
    expect(await readFile(join(folder, 'charts', 'own', 'Chart.yaml'), 'utf8')).toBe('mine')
  })

  it.each([true, false])('gives back what was kept when somebody made charts/ since (%s)', async (moved) => {
    const folder = await chartFolder()
    await torn(folder, moved)
    await mkdir(join(folder, 'charts'))
    await writeFile(join(folder, 'charts', 'theirs-1.tgz'), 'x')
    await Staging.use(folder, () => Promise.resolve())
    expect(await tree(folder)).toEqual([
      'charts',
      'charts/own',
      'charts/own/Chart.yaml',
      'charts/theirs-1.tgz',
    ])
  })

  it('after the renames is cleared away, also when half of it was', async () => {
    const folder = await chartFolder()
    const before = await tree(folder)
    await mkdir(work(folder, 'old'), { recursive: true })
    await writeFile(work(folder, 'old', 'z-1.tgz'), 'z1')
    await Staging.use(folder, () => Promise.resolve())
    expect(await tree(folder)).toEqual(before)
  })
})

async function tree(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort()
}
