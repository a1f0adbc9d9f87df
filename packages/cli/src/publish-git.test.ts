import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publishedCharts } from './shape/chart.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  await shop.chart('app', '1.0.0')
})

afterEach(() => shop.close())

async function bareRepository(): Promise<string> {
  const path = join(shop.folder, 'pages.git')
  await promisify(execFile)('git', ['init', '--quiet', '--bare', path])
  return path
}

describe('publish to a branch', () => {
  it('gives the registry and the branch the same archive in one run', async () => {
    const pages = `git+file://${await bareRepository()}#gh-pages`
    const to = ['--to', `oci://${shop.host}/charts`, '--to', pages]
    const [chart] = (await shop.json(publishedCharts, 'publish', 'app', ...to)).charts
    expect(chart?.destinations).toMatchObject([
      { kind: 'oci', status: 'done' },
      { kind: 'git', status: 'done', to: pages, reference: `${pages}:app-1.0.0.tgz` },
    ])
    const table = await shop.chartroom('publish', 'app', ...to)
    expect(table.stdout.match(/unchanged/g)).toHaveLength(2)
  })

  it('takes --repo-url for one branch, and refuses it for two', async () => {
    const pages = `git+file://${await bareRepository()}#gh-pages`
    const url = ['--repo-url', 'https://me.example/charts']
    const both = await shop.chartroom('publish', 'app', '--to', pages, '--to', 'site', ...url)
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('one folder or branch destination')])
    expect((await shop.chartroom('publish', 'app', '--to', pages, ...url)).code).toBe(0)
  })

  it.each([
    'git+ext::sh -c id#b',
    'git+https://me:hunter2@git.example/charts#gh-pages',
    'git+https://git.example/charts',
    'git+https://git.example/charts#--upload-pack=id',
    'git+https://git.example/charts#gh-pages:../x',
    'git@git.example:me/charts.git',
    'oci://me:hunter2@git.example/charts',
  ])('refuses %s as wrong usage, and repeats no password', async (to) => {
    const { code, stdout, stderr } = await shop.chartroom('publish', 'app', '--to', to)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).not.toContain('hunter2')
  })

  it('says where the login for a branch comes from', async () => {
    const login = ['--username', 'me', '--password', 'hunter2']
    const to = ['--to', 'git+https://git.example/charts#gh-pages']
    const { code, stderr } = await shop.chartroom('publish', 'app', ...to, ...login)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/Leave --username out; .*GITHUB_TOKEN/)])
  })

  it('says how an address of ssh is written, and makes no folder of its name', async () => {
    const { stderr } = await shop.chartroom('publish', 'app', '--to', 'git@git.example:me/charts.git')
    expect(stderr).toContain('Hint: Write git+ssh://git@git.example/me/charts.git#BRANCH')
    expect(existsSync(join(shop.folder, 'git@git.example:me'))).toBe(false)
  })

  it('writes no login into an index that all readers see', async () => {
    const url = ['--repo-url', 'https://me:hunter2@git.example/charts']
    for (const to of ['site', `git+file://${await bareRepository()}#gh-pages`]) {
      const { code, stdout, stderr } = await shop.chartroom('publish', 'app', '--to', to, ...url)
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/with a login(?![^]*hunter2)/)])
    }
    expect(existsSync(join(shop.folder, 'site'))).toBe(false)
  })

  it.each(['nowhere.git', 'app/Chart.yaml'])(
    'says that %s is no repository, and where the chart would be',
    async (path) => {
      const to = `git+file://${join(shop.folder, path)}#gh-pages:charts`
      const { code, stdout, stderr } = await shop.chartroom('publish', 'app', '--to', to)
      expect([code, stderr]).toEqual([4, expect.stringContaining('there is no such repository')])
      expect(stdout).toContain(`${to}/app-1.0.0.tgz `)
    },
  )

  it('leaves the branch as it was when the registry beside it is down', async () => {
    const remote = await bareRepository()
    const to = ['--to', 'oci://127.0.0.1:9/charts', '--to', `git+file://${remote}#gh-pages`]
    expect((await shop.chartroom('publish', 'app', ...to)).code).toBe(9)
    const { stdout } = await promisify(execFile)('git', ['--git-dir', remote, 'for-each-ref'])
    expect(stdout).toBe('')
  })
})
