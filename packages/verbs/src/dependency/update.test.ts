import { readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openChartDesk } from '../../test/chart-desk.ts'
import type { WebSite } from '../../test/web-site.ts'
import { archiveOf, offer, openWebSite, sha256 } from '../../test/web-site.ts'

async function shop(): Promise<WebSite> {
  const site = await openWebSite()
  offer(
    site,
    { name: 'common', version: '1.2.0' },
    { name: 'common', version: '1.0.0' },
    { name: 'redis', version: '3.0.0' },
  )
  return site
}

describe('updateDependencies', () => {
  it('writes charts/, the lock and the digests, and nothing at all the second time', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(
      `- {name: common, version: ^1, repository: ${site.url}}\n- {name: redis, version: "3", repository: ${site.url}}`,
    )
    const first = await desk.update()
    expect(first.dependencies).toMatchObject([
      { name: 'common', version: '1.2.0', digest: sha256(archiveOf('common', '1.2.0')), fromCache: false },
      { name: 'redis', version: '3.0.0', path: join(desk.umbrella, 'charts', 'redis-3.0.0.tgz') },
    ])
    expect(first.written).toEqual(
      ['Chart.digests.yaml', 'Chart.lock'].map((name) => join(desk.umbrella, name)),
    )
    expect(await desk.charts()).toEqual(['common-1.2.0.tgz', 'redis-3.0.0.tgz'])
    expect(await desk.read('Chart.digests.yaml')).toBe(`apiVersion: v1
dependencies:
- digest: ${sha256(archiveOf('common', '1.2.0'))}
  name: common
  repository: ${site.url}
  version: 1.2.0
- digest: ${sha256(archiveOf('redis', '3.0.0'))}
  name: redis
  repository: ${site.url}
  version: 3.0.0
`)
    const lock = await desk.read('Chart.lock')
    expect(lock).toMatch(/^generated: "20\d\d-.*Z"$/m)
    const second = await desk.update()
    expect(second).toMatchObject({
      removed: [],
      written: [],
      dependencies: [{ fromCache: true }, { fromCache: true }],
    })
    expect(await desk.read('Chart.lock')).toBe(lock)
    expect(await readdir(desk.umbrella)).toEqual(['Chart.digests.yaml', 'Chart.lock', 'Chart.yaml', 'charts'])
  })

  it('asks for an index once, however many charts come from it', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(
      `- {name: common, version: ^1, repository: ${site.url}, alias: a}\n- {name: common, version: ^1, repository: "${site.url}/", alias: b}\n- {name: redis, version: "3", repository: ${site.url}, alias: c}\n- {name: redis, version: "3", repository: ${site.url}, alias: d}`,
    )
    await desk.update()
    expect(site.requests.filter((path) => path === '/redis-3.0.0.tgz')).toHaveLength(1)
    expect(site.requests.filter((path) => path === '/index.yaml').length).toBeLessThanOrEqual(2)
    expect(await desk.charts()).toEqual(['common-1.2.0.tgz', 'redis-3.0.0.tgz'])
  })

  it('writes SOURCE_DATE_EPOCH as the time of the lock', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    desk.env['SOURCE_DATE_EPOCH'] = '86400'
    await desk.declare(`- {name: common, version: ^1, repository: ${site.url}}`)
    await desk.update()
    expect(await desk.read('Chart.lock')).toMatch(/^generated: "1970-01-02T00:00:00Z"$/m)
  })

  it('replaces what is outdated, together, and keeps the rest as it is', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.write('umbrella/charts/common-1.0.0.tgz', archiveOf('common', '1.0.0'))
    await desk.write('umbrella/charts/gone-1.0.0.tgz', archiveOf('gone', '1.0.0'))
    await desk.write('umbrella/charts/broken-1.0.0.tgz', 'no archive')
    await desk.write('umbrella/charts/own/Chart.yaml', 'apiVersion: v2\nname: own\nversion: 1.0.0\n')
    await desk.write('umbrella/charts/own/.secret', 'mine')
    await desk.declare(
      `- {name: common, version: ^1, repository: ${site.url}}\n- {name: own, version: ">=1"}`,
    )
    const report = await desk.update()
    expect(report.removed.map((path) => path.slice(desk.umbrella.length))).toEqual([
      '/charts/common-1.0.0.tgz',
      '/charts/gone-1.0.0.tgz',
    ])
    expect(await desk.charts()).toEqual(['broken-1.0.0.tgz', 'common-1.2.0.tgz', 'own'])
    expect(await desk.read('charts/own/.secret')).toBe('mine')
    expect(desk.said.join('\n')).toContain('broken-1.0.0.tgz stays, because it is no chart')
    expect(await desk.read('Chart.digests.yaml')).not.toContain('name: own')
  })

  it('mends a broken archive that it is to fetch', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.write('umbrella/charts/redis-3.0.0.tgz', 'no archive')
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await desk.update()
    expect((await desk.build()).dependencies[0]?.digest).toBe(sha256(archiveOf('redis', '3.0.0')))
    expect(await desk.charts()).toEqual(['redis-3.0.0.tgz'])
  })

  it('says when a version has other bytes than were recorded', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await desk.update()
    offer(site, { name: 'redis', version: '3.0.0', archive: archiveOf('redis', '3.0.0', 'other') })
    const { written } = await desk.update()
    expect(written).toEqual([join(desk.umbrella, 'Chart.digests.yaml')])
    expect(desk.said.join('\n')).toContain('redis 3.0.0 of')
    expect(desk.said.join('\n')).toContain('was replaced')
  })

  it('reads the index at hand with skipRefresh, and when the repository is away', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: ">=3", repository: ${site.url}}`)
    await expect(desk.update({ skipRefresh: true })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await desk.update()
    offer(site, { name: 'redis', version: '4.0.0' })
    expect((await desk.update({ skipRefresh: true })).dependencies).toMatchObject([{ version: '3.0.0' }])
    expect((await desk.update()).dependencies).toMatchObject([{ version: '4.0.0' }])
    site.close()
    expect((await desk.update()).dependencies).toMatchObject([{ version: '4.0.0', fromCache: true }])
    expect(desk.said.join('\n')).toContain('unable to get an update from the')
  })

  it('changes neither lock nor digests when frozen', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: ">=3", repository: ${site.url}}`)
    await expect(desk.update({ frozen: true })).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' })
    expect([await desk.charts(), await desk.read('Chart.lock')]).toEqual([undefined, undefined])
    await desk.update()
    expect(await desk.update({ frozen: true })).toMatchObject({ written: [] })
    offer(site, { name: 'redis', version: '4.0.0' })
    await expect(desk.update({ frozen: true })).rejects.toThrow(
      'Chart.digests.yaml and Chart.lock would change',
    )
    expect(await desk.charts()).toEqual(['redis-3.0.0.tgz'])
  })

  it('refuses to write through a link', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await symlink(join(desk.home, 'elsewhere'), join(desk.umbrella, 'Chart.lock'))
    await expect(desk.update()).rejects.toThrow('is a symlink')
    expect(await desk.charts()).toBeUndefined()
  })

  it('writes the archives into the folder that charts/ is a link to', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await desk.write('shared/common-1.0.0.tgz', archiveOf('common', '1.0.0'))
    await symlink(join(desk.home, 'shared'), join(desk.umbrella, 'charts'))
    await desk.update()
    expect(await readdir(join(desk.home, 'shared'))).toEqual(['redis-3.0.0.tgz'])
    expect(await desk.charts()).toEqual(['redis-3.0.0.tgz'])
  })

  it('does nothing where nothing is declared', async () => {
    const desk = await openChartDesk()
    await desk.write('umbrella/Chart.yaml', 'apiVersion: v2\nname: umbrella\nversion: 1.0.0\n')
    await desk.write('umbrella/charts/gone-1.0.0.tgz', archiveOf('gone', '1.0.0'))
    expect(await desk.update()).toEqual({ dependencies: [], removed: [], written: [] })
    expect(await readdir(desk.umbrella)).toEqual(['Chart.yaml', 'charts'])
  })
})

describe('buildDependencies', () => {
  it('takes pinned archives from the cache without a word to anybody', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await desk.update()
    await desk.write('umbrella/charts/redis-3.0.0.tgz', 'spoiled')
    site.close()
    expect((await desk.build({ frozen: true })).dependencies).toMatchObject([{ fromCache: true }])
    expect(await desk.charts()).toEqual(['redis-3.0.0.tgz'])
  })

  it('refuses another archive than the recorded one, and leaves charts/ as it was', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(
      `- {name: redis, version: "3", repository: ${site.url}}\n- {name: common, version: "1", repository: ${site.url}}`,
    )
    await desk.update()
    await desk.write('umbrella/charts/common-1.2.0.tgz', archiveOf('common', '1.2.0', 'mine'))
    offer(
      site,
      { name: 'redis', version: '3.0.0', archive: archiveOf('redis', '3.0.0', 'other') },
      { name: 'common', version: '1.2.0' },
    )
    const error = await desk.build({ cache: undefined }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'DIGEST_MISMATCH' })
    expect(String(error)).toContain(sha256(archiveOf('redis', '3.0.0', 'other')))
    expect(await desk.read('charts/common-1.2.0.tgz')).toBe(
      new TextDecoder().decode(archiveOf('common', '1.2.0', 'mine')),
    )
  })

  it.each([
    ['there is no lock', ['Chart.lock'], 'CHART_INVALID'],
    ['there are no digests', ['Chart.digests.yaml'], 'VERIFICATION_FAILED'],
  ])('is not frozen where %s', async (_, absent, code) => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await desk.update()
    const { rm } = await import('node:fs/promises')
    for (const name of absent) await rm(join(desk.umbrella, name))
    await expect(desk.build({ frozen: true })).rejects.toMatchObject({ code })
    await desk.build()
  })

  it('wants a digest of each archive from elsewhere once digests are recorded', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await desk.update()
    await desk.write('umbrella/Chart.digests.yaml', 'apiVersion: v1\ndependencies: []\n')
    await expect(desk.build()).rejects.toThrow('Chart.digests.yaml has no digest of redis 3.0.0')
  })

  it('says what is wrong with a lock that names what is gone', async () => {
    const [desk, site] = [await openChartDesk(), await shop()]
    await desk.declare(`- {name: redis, version: "3", repository: ${site.url}}`)
    await desk.update()
    offer(site, { name: 'redis', version: '4.0.0' })
    await expect(desk.build({ cache: undefined })).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' })
    expect(await desk.charts()).toEqual(['redis-3.0.0.tgz'])
  })
})
