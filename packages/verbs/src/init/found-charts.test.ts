import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { chartPlaces } from './found-charts.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chartroom-init-'))
})

afterEach(() => rm(root, { recursive: true, force: true }))

async function chart(folder: string): Promise<void> {
  await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, folder, 'Chart.yaml'), 'name: app\n')
}

describe('the charts of a repository', () => {
  it('are found in its folders, not in hidden ones, dependencies and installed modules', async () => {
    for (const folder of ['b', 'a/one', '.hidden/c', 'node_modules/d', 'b/charts/e']) await chart(folder)
    expect(await chartPlaces(root, undefined)).toEqual(['a/one', 'b'])
  })

  it('may be the repository itself', async () => {
    await chart('.')
    expect(await chartPlaces(root, undefined)).toEqual(['.'])
  })

  it('are looked for as deep as the limit says', async () => {
    const deep = Array.from({ length: limits.searchedDepth }, (_, i) => `d${i}`).join('/')
    await chart(deep)
    expect(await chartPlaces(root, undefined)).toEqual([deep])
    await rm(join(root, 'd0'), { recursive: true })
    await chart(`${deep}/too`)
    await expect(chartPlaces(root, undefined)).rejects.toMatchObject({ code: 'CHART_NOT_FOUND' })
  })

  it('are not looked for in more folders than the limit', async () => {
    const made = Array.from({ length: limits.searchedFolders + 1 }, (_, i) => mkdir(join(root, `f${i}`)))
    await Promise.all(made)
    await expect(chartPlaces(root, undefined)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})
