import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseYaml } from '@chartroom/go'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { call } from './testing/call.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  await mkdir(join(shop.folder, '.git'))
})

afterEach(() => shop.close())

function file(path: string): Promise<string> {
  return readFile(join(shop.folder, path), 'utf8')
}

describe('init ci', () => {
  it.each([
    ['--github', '.github/workflows/chart.yml'],
    ['--gitlab', '.gitlab-ci.yml'],
  ])('%s writes the pipeline with the charts that are here, and says what comes next', async (flag, path) => {
    await shop.chart('charts/app', '1.0.0')
    await shop.chart('charts/other', '1.0.0')
    await shop.chart('charts/app/charts/inner', '1.0.0')
    const { code, stdout, stderr } = await shop.chartroom('init', 'ci', flag)
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${path}\n`,
      stderr: expect.stringMatching(/^Next:\n {2}1\. /),
    })
    const text = await file(path)
    expect(parseYaml(text)).toBeTypeOf('object')
    expect(text).toContain("CHARTS: 'charts/app charts/other'\n")
    expect(text).toContain(`CHARTROOM: chartroom@${packageJson.version}\n`)
  })

  it('takes the charts of chartroom.yaml, and its destinations where a pipeline can reach them', async () => {
    await shop.chart('deep/down/in/here/app', '1.0.0')
    const yaml = 'charts: [deep/down/in/here/*]\ndestinations:\n  - to: oci://registry.example.com/charts\n'
    await shop.write('chartroom.yaml', yaml)
    for (const flag of ['--github', '--gitlab']) {
      const { stdout } = await shop.chartroom('init', 'ci', flag, '--output', '-')
      expect(stdout).toContain("CHARTS: 'deep/down/in/here/*'\n")
      expect(stdout).not.toContain('--to')
    }
    await shop.write('chartroom.yaml', `${yaml}  - to: ./docs/charts\n`)
    const { stdout, stderr } = await shop.chartroom('init', 'ci', '--github', '--output', '-')
    expect(stderr).toContain('Warning: ./docs/charts of chartroom.yaml is a folder')
    expect(stdout).toContain('--to "git+$REPOSITORY#gh-pages"')
  })

  it('writes at the root of the repository, or where it is told to', async () => {
    await shop.chart('charts/app', '1.0.0')
    const environment = { ...shop.environment, cwd: join(shop.folder, 'charts', 'app') }
    const below = await call(['init', 'ci', '--gitlab'], environment)
    expect(below).toMatchObject({ code: 0, stdout: `${join('..', '..', '.gitlab-ci.yml')}\n` })
    expect(await file('.gitlab-ci.yml')).toContain("CHARTS: 'charts/app'\n")
    await call(['init', 'ci', '--gitlab', '--output', 'mine/ci.yml'], environment)
    expect(await file('charts/app/mine/ci.yml')).toBe(await file('.gitlab-ci.yml'))
  })

  it('replaces no file that is there, unless forced', async () => {
    await shop.chart('app', '1.0.0')
    await writeFile(join(shop.folder, '.gitlab-ci.yml'), 'mine\n')
    const refused = await shop.chartroom('init', 'ci', '--gitlab')
    expect(refused.code).toBe(5)
    expect(refused.stderr).toContain('--force')
    expect(await file('.gitlab-ci.yml')).toBe('mine\n')
    expect((await shop.chartroom('init', 'ci', '--gitlab', '--force')).code).toBe(0)
    expect(await file('.gitlab-ci.yml')).toContain("CHARTS: 'app'\n")
  })

  it.each(['a b', '$(touch pwned)', '${{ github.token }}', "it's", '-x', 'new\nline'])(
    'refuses a chart whose folder %j no script could name',
    async (name) => {
      await shop.chart(name, '1.0.0')
      const { code, stderr } = await shop.chartroom('init', 'ci', '--github')
      expect(code).toBe(2)
      expect(stderr).toContain('a script cannot name the chart')
    },
  )

  it.each([[], ['--force']])('replaces no folder, with %j', async (...force) => {
    await shop.chart('charts/app', '1.0.0')
    const called = await shop.chartroom('init', 'ci', '--github', '--output', 'charts', ...force)
    expect([called.code, called.stdout, called.stderr]).toEqual([
      2,
      '',
      expect.stringMatching(/charts is a folder/),
    ])
    expect(await file('charts/app/Chart.yaml')).toContain('version: 1.0.0')
  })

  it('says so when there is no chart, and when it is not told for whom', async () => {
    const none = await shop.chartroom('init', 'ci', '--github')
    expect([none.code, none.stderr]).toEqual([4, expect.stringContaining('CHART_NOT_FOUND')])
    const unsaid = await shop.chartroom('init', 'ci')
    expect([unsaid.code, unsaid.stderr]).toEqual([
      2,
      expect.stringContaining('Hint: Write chartroom init ci --github'),
    ])
    expect((await shop.chartroom('init', 'ci', '--github', '--gitlab')).code).toBe(2)
  })
})
