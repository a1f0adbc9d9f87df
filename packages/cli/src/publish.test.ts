import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packagedCharts, publishedCharts, pulledCharts } from './shape/chart.ts'
import { listedVersions } from './shape/list.ts'
import { projectDescription } from './shape/program.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
})

afterEach(() => shop.close())

describe('package and push', () => {
  it('S10 packages twice to the same bytes and pushes what was packed', async () => {
    await shop.chart('app', '1.0.0')
    const [first] = (await shop.json(packagedCharts, 'package', 'app', '-d', 'one')).charts
    const [second] = (await shop.json(packagedCharts, 'package', 'app', '-d', 'two')).charts
    expect(first?.digest).toBe(second?.digest)
    const [pushed] = (
      await shop.json(publishedCharts, 'push', 'one/app-1.0.0.tgz', `oci://${shop.host}/charts`)
    ).charts
    expect(pushed?.digest).toBe(first?.digest)
    expect(pushed?.destinations).toMatchObject([{ kind: 'oci', action: 'create', status: 'done' }])
  })

  it('S51c packages and publishes to a folder without a network', async () => {
    await shop.chart('app', '1.0.0')
    const before = await readFile(join(shop.folder, 'app', 'Chart.yaml'), 'utf8')
    await shop.json(packagedCharts, 'package', 'app', '--version', '3.0.0', '--app-version', '9')
    const [result] = (await shop.json(publishedCharts, 'publish', 'app-3.0.0.tgz', '--to', 'site')).charts
    expect(result).toMatchObject({
      version: '3.0.0',
      appVersion: '9',
      destinations: [{ kind: 'folder', status: 'done' }],
    })
    expect(await readFile(join(shop.folder, 'app', 'Chart.yaml'), 'utf8')).toBe(before)
  })

  it('S41 tags the version, with + as _, and refuses what is no version', async () => {
    await shop.chart('app', '1.0.0+build.7')
    const [pushed] = (await shop.json(publishedCharts, 'publish', 'app', '--to', `oci://${shop.host}/charts`))
      .charts
    expect(pushed?.destinations[0]?.reference).toBe(`oci://${shop.host}/charts/app:1.0.0_build.7`)
    const [pulled] = (
      await shop.json(pulledCharts, 'pull', `oci://${shop.host}/charts/app`, '--version', '1.0.0+build.7')
    ).charts
    expect(pulled?.version).toBe('1.0.0+build.7')
    await shop.chart('bad', 'one')
    const { code, stderr } = await shop.chartroom('publish', 'bad', '--to', `oci://${shop.host}/charts`)
    expect([code, stderr]).toEqual([8, expect.stringContaining('chart.metadata.version "one" is invalid')])
  })

  it('S1f sends no blob for a second tag or an unchanged chart', async () => {
    await shop.chart('app', '1.0.0')
    await shop.chartroom('publish', 'app', '--to', `oci://${shop.host}/charts`)
    const blobs = await blobTimes()
    await shop.chartroom('publish', 'app', '--to', `oci://${shop.host}/charts`, '--tag', 'latest')
    expect(await blobTimes()).toEqual(blobs)
  })

  // When each config and layer was taken into the repository.
  async function blobTimes(): Promise<string[]> {
    const names = await readdir(join(shop.folder, '.store'), { recursive: true })
    const blobs = names.filter((name) => /_blobs.sha256-[0-9a-f]{64}$/.test(name)).sort()
    return Promise.all(
      blobs.map(async (name) => `${name} ${(await stat(join(shop.folder, '.store', name))).mtimeMs}`),
    )
  }

  it('refuses other content under an existing version with exit code 5, and takes it with --force', async () => {
    await shop.chart('app', '1.0.0')
    const to = `oci://${shop.host}/charts`
    await shop.chartroom('publish', 'app', '--to', to)
    await shop.chart('app', '1.0.0', 'replicas: 2\n')
    const refused = await shop.chartroom('publish', 'app', '--to', to, '-o', 'json')
    expect(refused.code).toBe(5)
    expect(refused.stderr).toContain('Hint: Raise the version in Chart.yaml, or pass --force')
    expect(JSON.parse(refused.stdout).charts[0].destinations[0]).toMatchObject({
      action: 'conflict',
      status: 'failed',
    })
    const [forced] = (await shop.json(publishedCharts, 'publish', 'app', '--to', to, '--force')).charts
    expect(forced?.destinations[0]).toMatchObject({ action: 'replace', status: 'done' })
  })
})

describe('publish', () => {
  it('S31 publishes to a registry and a folder in one run with one digest, and reports a destination that fails', async () => {
    await shop.chart('app', '1.0.0')
    const good = ['--to', `oci://${shop.host}/charts`, '--to', 'site']
    const failed = await shop.chartroom(
      'publish',
      'app',
      ...good,
      '--to',
      'oci://127.0.0.1:1/charts',
      '-o',
      'json',
    )
    expect(failed.code).toBe(9)
    const statuses = JSON.parse(failed.stdout).charts[0].destinations.map(
      ({ status }: { status: string }) => status,
    )
    expect(statuses).toEqual(['skipped', 'skipped', 'failed'])
    const [result] = (await shop.json(publishedCharts, 'publish', 'app', ...good)).charts
    expect(result?.destinations.map(({ kind, status }) => [kind, status])).toEqual([
      ['oci', 'done'],
      ['folder', 'done'],
    ])
    const [pulled] = (await shop.json(pulledCharts, 'pull', `oci://${shop.host}/charts/app`, '-d', 'got'))
      .charts
    expect(pulled?.digest).toBe(result?.digest)
    expect(await readFile(join(shop.folder, 'site', 'index.yaml'), 'utf8')).toContain(result?.digest.slice(7))
    expect(await readFile(join(shop.folder, 'site', 'app-1.0.0.tgz'))).toEqual(
      await readFile(join(shop.folder, 'got', 'app-1.0.0.tgz')),
    )
  })

  it('takes charts and destinations from chartroom.yaml, else the local store', async () => {
    await shop.chart('charts/app', '1.0.0')
    await shop.write('charts/app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n')
    await shop.write('.git/HEAD', '')
    await shop.write(
      'chartroom.yaml',
      `charts: [charts/*]\ndestinations:\n- to: oci://${shop.host}/team\n  tags: [latest]\n- to: ./site\n  repoUrl: https://example.com/charts\n`,
    )
    expect((await shop.json(projectDescription, 'project')).destinations.map(({ tags }) => tags)).toEqual([
      ['latest'],
      undefined,
    ])
    const [result] = (await shop.json(publishedCharts, 'publish')).charts
    expect(result?.destinations.map(({ kind }) => kind)).toEqual(['oci', 'folder'])
    expect(await readFile(join(shop.folder, 'site', 'index.yaml'), 'utf8')).toContain(
      'https://example.com/charts/app-1.0.0.tgz',
    )
    const { code } = await shop.chartroom('pull', `oci://${shop.host}/team/app:latest`)
    expect(code).toBe(0)
  })

  it('names a flag that needs one destination of its kind', async () => {
    await shop.chart('app', '1.0.0')
    const { code, stderr } = await shop.chartroom(
      'publish',
      'app',
      '--to',
      'a',
      '--to',
      'b',
      '--repo-url',
      'https://x',
    )
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--repo-url needs exactly one folder destination, not 2'),
    ])
  })

  it.each(['bad tag', '', '.x', 'a/b', 'x'.repeat(129)])(
    'uploads nothing when a further tag is %j',
    async (tag) => {
      await shop.chart('app', '1.0.0')
      const to = `oci://${shop.host}/tagged`
      const called = await shop.chartroom('publish', 'app', '--to', to, '--tag', tag)
      expect([called.code, called.stdout, called.stderr]).toEqual([
        2,
        '',
        expect.stringContaining('is no tag'),
      ])
      await shop.write(
        'chartroom.yaml',
        JSON.stringify({ charts: ['app'], destinations: [{ to, tags: [tag] }] }),
      )
      expect((await shop.chartroom('publish')).code).toBe(2)
      expect((await shop.chartroom('versions', `${to}/app`)).code).toBe(4)
    },
  )

  it('S1d runs unattended: one JSON object on standard output, plain lines elsewhere', async () => {
    await shop.chart('app', '1.0.0')
    const { stdout, stderr, code } = await shop.chartroom(
      'publish',
      'app',
      '--to',
      `oci://${shop.host}/charts`,
      '-o',
      'json',
    )
    expect([code, stderr, stdout.trim().split('\n')]).toEqual([
      0,
      '',
      [expect.stringMatching(/^\{"charts":/)],
    ])
  })
})

describe('pull', () => {
  beforeEach(async () => {
    for (const version of ['0.1.0', '0.2.0', '1.0.0-rc.1']) {
      await shop.chart('app', version)
      await shop.chartroom('publish', 'app', '--to', `oci://${shop.host}/charts`, '--to', 'site')
    }
  })

  it('S5 fetches the archive of a version, name and bytes as pushed', async () => {
    const reference = `oci://${shop.host}/charts/app`
    await shop.chartroom('pull', reference, '--version', '0.1.0', '-d', 'got')
    expect(await readFile(join(shop.folder, 'got', 'app-0.1.0.tgz'))).toEqual(
      await readFile(join(shop.folder, 'site', 'app-0.1.0.tgz')),
    )
  })

  it('S52 takes the newest stable version, a range, or a digest', async () => {
    const reference = `oci://${shop.host}/charts/app`
    const [newest] = (await shop.json(pulledCharts, 'pull', reference)).charts
    const [ranged] = (await shop.json(pulledCharts, 'pull', reference, '--version', '<0.2.0')).charts
    const [devel] = (await shop.json(pulledCharts, 'pull', reference, '--devel')).charts
    const pinned = `${reference}@${newest?.source.manifestDigest}`
    const [byDigest] = (await shop.json(pulledCharts, 'pull', pinned)).charts
    expect([newest, ranged, devel, byDigest].map((one) => one?.version)).toEqual([
      '0.2.0',
      '0.1.0',
      '1.0.0-rc.1',
      '0.2.0',
    ])
    expect(byDigest?.source.fromCache).toBe(true)
  })

  it('S6 unpacks below a folder of its own', async () => {
    await shop.chartroom('pull', `oci://${shop.host}/charts/app`, '--untar', '--untardir', 'work')
    expect(await readFile(join(shop.folder, 'work', 'app', 'values.yaml'), 'utf8')).toBe('replicas: 1\n')
    const again = await shop.chartroom(
      'pull',
      `oci://${shop.host}/charts/app`,
      '--untar',
      '--untardir',
      'work',
    )
    expect(again.code).not.toBe(0)
  })

  it('fetches without a cache where its folder cannot be used, and says so', async () => {
    Object.assign(shop.environment.env, { XDG_CACHE_HOME: join(shop.folder, 'cache') })
    await shop.write('cache/chartroom/archives', 'a file in the way')
    const ended = await shop.chartroom('pull', `oci://${shop.host}/charts/app`, '-d', 'uncached')
    expect([ended.code, ended.stderr]).toEqual([
      0,
      expect.stringMatching(/^Warning: pulled archives are not kept: /),
    ])
    expect(await readdir(join(shop.folder, 'uncached'))).toEqual(['app-0.2.0.tgz'])
  })

  it('names the nearest versions of an absent one with exit code 4', async () => {
    const { code, stderr } = await shop.chartroom(
      'pull',
      `oci://${shop.host}/charts/app`,
      '--version',
      '0.1.5',
    )
    expect([code, stderr]).toEqual([4, expect.stringContaining('Nearest: 1.0.0-rc.1, 0.2.0, 0.1.0')])
  })

  it('says that there is no such chart, whether a version is asked for or not', async () => {
    for (const version of [[], ['--version', '1.0.0'], ['--version', '^1']]) {
      const ended = await shop.chartroom('pull', `oci://${shop.host}/charts/absent`, ...version)
      expect([ended.code, ended.stderr]).toEqual([
        4,
        expect.stringMatching(/there is no chart oci:.*\(CHART_NOT_FOUND\)\nHint: .*chartroom charts oci:/),
      ])
    }
  })

  it('of several fetches those that are there, names the others, and ends with exit code 7', async () => {
    const at = `oci://${shop.host}/charts`
    const ended = await shop.chartroom('pull', `${at}/absent`, `${at}/app`, '-d', 'some', '-o', 'json')
    expect([ended.code, ended.stderr]).toEqual([
      7,
      expect.stringMatching(/^absent: there is no chart .*\nError: 1 of 2 charts could not be pulled/),
    ])
    expect(JSON.parse(ended.stdout)).toMatchObject({ charts: [{ name: 'app', version: '0.2.0' }] })
    const none = await shop.chartroom('pull', `${at}/absent`, `${at}/gone`)
    expect([none.code, none.stdout]).toEqual([4, ''])
    expect(none.stderr).toMatch(/^absent: .*\ngone: /)
  })

  it('S29e lists the same versions from the registry and from the classic repository', async () => {
    const oci = await shop.json(listedVersions, 'versions', `oci://${shop.host}/charts/app`)
    const classic = await shop.json(
      listedVersions,
      'versions',
      'app',
      '--repo',
      `http://${shop.host}/helm/charts`,
    )
    const pairs = (list: typeof oci): unknown[] =>
      list.versions.map(({ version, digest }) => [version, digest])
    expect(pairs(oci)).toEqual(pairs(classic))
    expect(oci.versions.map(({ version }) => version)).toEqual(['1.0.0-rc.1', '0.2.0', '0.1.0'])
  })

  it('S50 adds, updates and reads a classic repository', async () => {
    await shop.chartroom('repo', 'add', 'mine', `http://${shop.host}/helm/charts`)
    expect((await shop.chartroom('repo', 'update')).code).toBe(0)
    expect((await shop.chartroom('search', 'repo', 'app')).stdout).toContain('mine/app  0.2.0')
    const [pulled] = (await shop.json(pulledCharts, 'pull', 'mine/app', '--version', '0.1.0')).charts
    expect(pulled?.version).toBe('0.1.0')
    expect((await shop.chartroom('repo', 'remove', 'mine')).code).toBe(0)
  })
})
