import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'valibot'
import { packagedCharts } from './shape/chart.ts'
import { changedDependencies, listedDependencies } from './shape/dependency.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  for (const version of ['1.0.0', '1.1.0']) {
    await shop.chart('app', version)
    await shop.chartroom('publish', 'app', '--to', `oci://${shop.host}/charts`)
  }
})

afterEach(() => shop.close())

async function declare(dependencies: string): Promise<string> {
  await shop.chart('umbrella', '1.0.0')
  const path = join(shop.folder, 'umbrella', 'Chart.yaml')
  await writeFile(path, `${await readFile(path, 'utf8')}dependencies:\n${dependencies}\n`)
  return 'umbrella'
}

describe('dependency', () => {
  it('updates, lists and builds from a registry, a classic repository and a folder', async () => {
    await shop.chart('lib', '2.0.0')
    await shop.chartroom('repo', 'add', 'team', `http://${shop.host}/helm/charts`)
    await declare(
      `- {name: app, version: ~1.0, repository: "oci://${shop.host}/charts", alias: old}\n- {name: app, version: ^1, repository: "@team"}\n- {name: lib, version: "2", repository: "file://../lib"}`,
    )
    const listed = await shop.json(listedDependencies, 'dep', 'ls', 'umbrella')
    expect(listed.dependencies.map(({ status }) => status)).toEqual(['missing', 'missing', 'missing'])
    const updated = await shop.json(changedDependencies, 'dependency', 'update', 'umbrella')
    expect(updated.dependencies).toMatchObject([
      { version: '1.0.0', alias: 'old', manifestDigest: expect.stringContaining('sha256:') as string },
      { version: '1.1.0', repository: `http://${shop.host}/helm/charts` },
      { version: '2.0.0', repository: 'file://../lib' },
    ])
    expect(updated.written.map((path) => path.slice(shop.folder.length))).toEqual([
      '/umbrella/Chart.digests.yaml',
      '/umbrella/Chart.lock',
    ])
    await rm(join(shop.folder, 'umbrella', 'charts'), { recursive: true })
    const built = await shop.json(changedDependencies, 'dependencies', 'build', 'umbrella', '--frozen')
    expect(built.dependencies.map(({ digest }) => digest)).toEqual(
      updated.dependencies.map(({ digest }) => digest),
    )
    const files = ['app-1.0.0.tgz', 'app-1.1.0.tgz', 'lib-2.0.0.tgz']
    expect(await readdir(join(shop.folder, 'umbrella', 'charts'))).toEqual(files)
    const all = await shop.json(listedDependencies, 'dependency', 'list', 'umbrella')
    expect(all.dependencies.map(({ status }) => status)).toEqual([
      'too many matches',
      'too many matches',
      'ok',
    ])
    expect(all.undeclared).toEqual([])
  })

  it('prints results to stdout and the rest to stderr', async () => {
    await declare(`- {name: app, version: 1.0.0, repository: "oci://${shop.host}/charts"}`)
    const { code, stdout, stderr } = await shop.chartroom('dependency', 'update', 'umbrella')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^NAME {2}VERSION {2}REPOSITORY +DIGEST\napp {3}1\.0\.0 +oci:\S+ +sha256:[0-9a-f]{64}\n$/,
    )
    expect(stderr).toBe(`Saving 1 charts\nDownloading app from repo oci://${shop.host}/charts\n`)
    const yaml = await shop.chartroom('dependency', 'list', 'umbrella', '-o', 'yaml')
    const { parseYaml } = await import('@chartroom/go')
    expect(parse(listedDependencies, parseYaml(yaml.stdout)).dependencies).toMatchObject([{ status: 'ok' }])
  })

  it('ends with 8 for a lock out of sync, with 6 for another digest, with 4 for what is not there', async () => {
    await declare(`- {name: app, version: 1.0.0, repository: "oci://${shop.host}/charts"}`)
    await shop.chartroom('dependency', 'update', 'umbrella')
    const digests = join(shop.folder, 'umbrella', 'Chart.digests.yaml')
    const text = await readFile(digests, 'utf8')
    await writeFile(digests, text.replace(/sha256:[0-9a-f]{8}/, 'sha256:00000000'))
    const wrong = await shop.chartroom('dependency', 'build', 'umbrella')
    expect([wrong.code, wrong.stderr]).toEqual([6, expect.stringContaining('(DIGEST_MISMATCH)')])
    await declare(`- {name: app, version: 1.1.0, repository: "oci://${shop.host}/charts"}`)
    const stale = await shop.chartroom('dependency', 'build', 'umbrella', '--frozen')
    expect([stale.code, stale.stderr]).toEqual([8, expect.stringContaining('is out of sync with')])
    await declare(`- {name: app, version: ^3, repository: "oci://${shop.host}/charts"}`)
    const absent = await shop.chartroom('dependency', 'update', 'umbrella')
    expect([absent.code, absent.stderr]).toEqual([4, expect.stringContaining('app has 1.1.0, 1.0.0')])
    expect(await readdir(join(shop.folder, 'umbrella', 'charts'))).toEqual(['app-1.0.0.tgz'])
  })

  it('sends a login to one host alone', async () => {
    await declare(
      `- {name: app, version: 1.0.0, repository: "oci://${shop.host}/charts"}\n- {name: b, version: 1.0.0, repository: "https://charts.example.com"}`,
    )
    const login = ['--username', 'me', '--password', 'secret']
    const several = await shop.chartroom('dependency', 'update', 'umbrella', ...login)
    expect([several.code, several.stderr]).toEqual([
      2,
      expect.stringContaining(`the dependencies come from ${shop.host}, charts.example.com`),
    ])
    await declare(`- {name: app, version: 1.0.0, repository: "oci://${shop.host}/charts"}`)
    expect((await shop.chartroom('dependency', 'update', 'umbrella', ...login)).code).toBe(0)
  })

  it('says which helm line verifies provenance', async () => {
    const { code, stderr } = await shop.chartroom(
      'dependency',
      'build',
      'umbrella',
      '--verify',
      '--keyring',
      'k.gpg',
    )
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('helm dependency build umbrella --verify --keyring k.gpg'),
    ])
  })

  it('works in the folder it is called in, and takes no more than one chart', async () => {
    const outside = await shop.chartroom('dependency', 'list')
    expect([outside.code, outside.stderr]).toEqual([4, expect.stringContaining('Chart.yaml file is missing')])
    expect((await shop.chartroom('dependency', 'update', 'a', 'b')).code).toBe(2)
    await shop.chart('plain', '1.0.0')
    expect((await shop.chartroom('dependency', 'list', 'plain/')).stdout).toBe(
      'WARNING: no dependencies at plain/charts\n',
    )
    expect((await shop.chartroom('dependency', 'list', 'plain', '--max-col-width', 'x')).code).toBe(2)
  })
})

describe('package --dependency-update', () => {
  it('fetches what is declared and packs it', async () => {
    await declare(`- {name: app, version: ^1, repository: "oci://${shop.host}/charts"}`)
    expect((await shop.chartroom('package', 'umbrella')).code).toBe(8)
    const { charts } = await shop.json(packagedCharts, 'package', 'umbrella', '-u')
    expect(charts).toMatchObject([{ name: 'umbrella', version: '1.0.0' }])
    expect((await shop.chartroom('package', 'umbrella')).code).toBe(0)
  })
})
