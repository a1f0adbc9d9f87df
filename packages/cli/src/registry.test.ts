import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copiedReferences, deletedReference, taggedReferences } from './shape/chart.ts'
import { foundCharts, listedCharts, listedRepositories, listedVersions } from './shape/list.ts'
import { helmFindings, programVersion } from './shape/program.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  for (const version of ['1.0.0', '1.1.0']) {
    await shop.chart('app', version)
    await shop.chartroom('publish', 'app', '--to', `oci://${shop.host}/charts`)
  }
  await shop.chart('other', '0.1.0')
  await shop.chartroom('publish', 'other', '--to', `oci://${shop.host}/charts`)
})

afterEach(() => shop.close())

describe('lists', () => {
  it('shows the charts below a path with their newest version', async () => {
    const { charts } = await shop.json(listedCharts, 'charts', `oci://${shop.host}/charts`)
    expect(charts.map(({ name, version, versions }) => [name, version, versions])).toEqual([
      ['app', '1.1.0', 2],
      ['other', '0.1.0', 1],
    ])
  })

  it('finds charts by name or description, whatever the case', async () => {
    const found = await shop.json(listedCharts, 'search', 'oci', `oci://${shop.host}/charts`, 'OTHER')
    expect(found.charts.map(({ name }) => name)).toEqual(['other'])
    const all = await shop.json(listedCharts, 'search', 'oci', `oci://${shop.host}/charts`, 'for tests')
    expect(all.charts).toHaveLength(2)
  })

  it('shows versions newest first, with application version, digest and date', async () => {
    const { versions } = await shop.json(listedVersions, 'versions', `oci://${shop.host}/charts/app`)
    expect(versions.map(({ version, appVersion }) => [version, appVersion])).toEqual([
      ['1.1.0', '2.0'],
      ['1.0.0', '2.0'],
    ])
    expect(versions[0]).toMatchObject({
      digest: expect.stringMatching(/^sha256:/),
      created: '1980-01-01T00:00:00Z',
    })
  })

  it('searches added repositories in the shape of helm', async () => {
    await shop.chartroom('repo', 'add', 'mine', `http://${shop.host}/helm/charts`)
    expect(await shop.json(listedRepositories, 'repo', 'list')).toEqual([
      { name: 'mine', url: `http://${shop.host}/helm/charts` },
    ])
    expect(await shop.json(foundCharts, 'search', 'repo', 'app', '--versions')).toMatchObject([
      { name: 'mine/app', version: '1.1.0', app_version: '2.0' },
      { name: 'mine/app', version: '1.0.0', app_version: '2.0' },
    ])
  })
})

describe('show', () => {
  it.each([
    ['chart', 'name: app'],
    ['values', 'replicas: 1'],
    ['readme', '# app'],
    ['crds', 'kind: CustomResourceDefinition'],
    ['all', '# app'],
  ])('prints %s of a folder and of a reference alike', async (part, text) => {
    const local = await shop.chartroom('show', part, 'app')
    const remote = await shop.chartroom('show', part, `oci://${shop.host}/charts/app`)
    expect(remote).toEqual(local)
    expect(local.stdout).toContain(text)
  })
})

describe('copy, tag and delete', () => {
  it('copies one version, or all tags, and refuses to guess', async () => {
    const from = `oci://${shop.host}/charts/app`
    const to = `oci://${shop.host}/mirror/app`
    expect((await shop.chartroom('copy', from, to)).code).toBe(2)
    const one = await shop.json(copiedReferences, 'copy', `${from}:1.0.0`, to)
    expect(one.copied.map(({ destination }) => destination)).toEqual([`${to}:1.0.0`])
    const all = await shop.json(copiedReferences, 'copy', from, to, '--all-tags')
    expect(all.copied.map(({ destination }) => destination).sort()).toEqual([`${to}:1.0.0`, `${to}:1.1.0`])
  })

  it('tags what is there, and pulls by the new tag', async () => {
    const reference = `oci://${shop.host}/charts/app`
    await shop.json(taggedReferences, 'tag', `${reference}:1.0.0`, 'stable', '1.0')
    const { code, stdout } = await shop.chartroom('pull', `${reference}:stable`)
    expect([code, stdout]).toEqual([0, expect.stringContaining('app-1.0.0.tgz')])
  })

  it('deletes a tag alone when told so, and never without being told', async () => {
    const reference = `oci://${shop.host}/charts/app`
    await shop.chartroom('tag', `${reference}:1.0.0`, 'stable')
    expect(await shop.chartroom('delete', `${reference}:stable`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Pass --yes'),
    })
    const { deleted } = await shop.json(deletedReference, 'delete', `${reference}:stable`, '--yes')
    expect(deleted.tags).toEqual(['stable'])
    const { versions } = await shop.json(listedVersions, 'versions', reference)
    expect(versions).toHaveLength(2)
  })

  it.each([
    ['delete', (absent: string) => ['delete', absent, '--yes']],
    ['tag', (absent: string) => ['tag', absent, 'latest']],
    ['copy', (absent: string) => ['copy', absent, `oci://${shop.host}/mirror/app`]],
  ])('says of %s what is not there, and where to look', async (_, args) => {
    for (const absent of [`oci://${shop.host}/charts/app:9.9.9`, `oci://${shop.host}/charts/gone:1.0.0`]) {
      const ended = await shop.chartroom(...args(absent))
      expect([ended.code, ended.stderr]).toEqual([
        4,
        expect.stringMatching(new RegExp(`^Error: ${absent} is not there .*\nHint: chartroom versions `)),
      ])
    }
  })

  it('names all tags that go with a digest', async () => {
    const reference = `oci://${shop.host}/charts/app`
    const { tagged } = await shop.json(taggedReferences, 'tag', `${reference}:1.0.0`, 'stable')
    const { deleted } = await shop.json(
      deletedReference,
      'delete',
      `${reference}@${tagged[0]?.digest}`,
      '--yes',
    )
    expect(deleted.tags.sort()).toEqual(['1.0.0', 'stable'])
    expect((await shop.chartroom('pull', `${reference}:1.0.0`)).code).toBe(4)
  })
})

describe('the program itself', () => {
  it('says its version', async () => {
    expect(await shop.json(programVersion, 'version')).toMatchObject({ node: process.versions.node })
  })

  it.skipIf(process.platform === 'win32')(
    'S7 finds helm programs and says how to get a newer one',
    async () => {
      await shop.write('bin/helm', '#!/bin/sh\necho v3.7.2\n')
      await chmod(join(shop.folder, 'bin', 'helm'), 0o755)
      const environment = { ...shop.environment.env, PATH: `${join(shop.folder, 'bin')}:/bin` }
      Object.assign(shop.environment.env, environment)
      const { helm, advice } = await shop.json(helmFindings, 'doctor', 'helm')
      expect(helm).toMatchObject([{ verdict: 'too-old', version: 'v3.7.2' }])
      expect(advice).not.toEqual([])
    },
  )

  it.skipIf(process.platform === 'win32')(
    'S49 is told that helm is too old and how to get a newer one, without a script piped into a shell',
    async () => {
      await shop.write('bin/helm', '#!/bin/sh\necho v3.7.2\n')
      await chmod(join(shop.folder, 'bin', 'helm'), 0o755)
      Object.assign(shop.environment.env, { PATH: `${join(shop.folder, 'bin')}:/bin` })
      const { code, stdout } = await shop.chartroom('doctor', 'helm')
      expect(code).toBe(0)
      expect(stdout).toMatch(/v3\.7\.2: too old for OCI registries, which need 3\.8\.0 or newer/)
      expect(stdout).toContain('To get Helm 4:')
      expect(stdout).not.toMatch(/\|\s*(ba|z)?sh\b|curl/)
      await shop.write('bin/helm', '#!/bin/sh\necho v4.2.4\n')
      expect((await shop.chartroom('doctor', 'helm')).stdout).not.toContain('To get Helm 4:')
    },
  )
})
