import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packChart } from '../archive/pack-chart.ts'
import { limits } from '../limits.ts'
import { loadPath } from './load-path.ts'
import { nodePorts } from './ports.ts'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'load-path-'))
  writeFileSync(join(work, 'Chart.yaml'), 'apiVersion: v2\nname: c\nversion: 1.0.0\n')
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('loadPath', () => {
  it('reads a folder, and an archive with its bytes', async () => {
    const { chart, archive: none } = await loadPath(work)
    expect([chart.metadata.name, none]).toEqual(['c', undefined])
    const path = join(work, 'c-1.0.0.tgz')
    writeFileSync(path, packChart(chart, { time: new Date(0), ports: nodePorts }))
    const { chart: again, archive } = await loadPath(path)
    expect(again.metadata).toEqual(chart.metadata)
    expect(archive?.length).toBeGreaterThan(100)
    rmSync(path)
  })

  it.each([
    ['values.yaml', 'seems to be a YAML file, but expected a gzipped archive'],
    ['chart.zip', 'does not appear to be a gzipped archive'],
  ])('says that %s is no archive', async (name, message) => {
    const path = join(work, name)
    writeFileSync(path, 'a: 1\n')
    await expect(loadPath(path)).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
      message: `file '${path}' ${message}`,
    })
  })

  it('says that a path is not there', async () => {
    await expect(loadPath(join(work, 'gone'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })

  it('refuses an archive that is too large, without reading it', async () => {
    const path = join(work, 'large.tgz')
    writeFileSync(path, Buffer.of(0x1f, 0x8b, 0x08))
    truncateSync(path, limits.archiveBytes + 1)
    await expect(loadPath(path)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})
