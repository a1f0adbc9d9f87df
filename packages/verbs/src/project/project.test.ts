import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findProject } from './project.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chartroom-project-'))
  await mkdir(join(root, '.git'))
  await mkdir(join(root, 'a', 'b'), { recursive: true })
})

afterEach(() => rm(root, { recursive: true }))

describe('findProject', () => {
  it('finds chartroom.yaml above the working folder', async () => {
    await writeFile(
      join(root, 'chartroom.yaml'),
      'charts: [charts/*]\ndestinations:\n- to: oci://h/p\n  tags: [latest]\n  trustedRealms: [auth.x]\n',
    )
    expect(await findProject(join(root, 'a', 'b'))).toEqual({
      charts: ['charts/*'],
      destinations: [{ to: 'oci://h/p', tags: ['latest'], trustedRealms: ['auth.x'] }],
      folder: root,
    })
  })

  it('does not look above the git root', async () => {
    await mkdir(join(root, 'a', '.git'))
    await writeFile(join(root, 'chartroom.yaml'), 'charts: []\n')
    expect(await findProject(join(root, 'a', 'b'))).toBeUndefined()
  })

  it.each([
    ['chart: x\n', /chart/],
    ['destinations: [{to: x, tag: y}]\n', /destinations\.0\.tag/],
    ['charts: x\n', /charts/],
    ['charts: [a]\ncharts: [b]\n', /line 2: key "charts" already set in map/],
  ])('refuses %j and names the place', async (text, named) => {
    await writeFile(join(root, 'chartroom.yaml'), text)
    await expect(findProject(root)).rejects.toThrow(named)
  })
})
