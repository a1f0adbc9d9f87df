import { execFileSync } from 'node:child_process'
import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changedCharts } from './shape/compare.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  await shop.chart('app', '1.0.0')
  await shop.chart('api', '1.0.0')
  await shop.write('.gitignore', '.store\n.home\n')
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=x')
})

afterEach(() => shop.close())

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
  execFileSync('git', [...identity, ...args], { cwd: shop.folder, env: shop.environment.env })
}

describe('changed', () => {
  it('says that nothing has changed', async () => {
    expect(await shop.chartroom('changed', '--since', 'main')).toEqual({
      code: 0,
      stdout: 'No charts have changed\n',
      stderr: '',
    })
  })

  it('ends with 8 when a chart has changed and its version has not, and names the next one', async () => {
    await shop.write('app/values.yaml', 'replicas: 2\n')
    await shop.chart('new', '0.1.0')
    const { code, stdout, stderr } = await shop.chartroom('changed', '--since', 'main')
    expect([code, stdout]).toEqual([
      8,
      'CHART  CHANGE   BEFORE  NOW    VERSION\n' +
        'app    changed  1.0.0   1.0.0  not raised\n' +
        'new    added            0.1.0\n',
    ])
    expect(stderr).toBe(
      'Error: changed without a higher version: app (1.0.0) (CHART_INVALID)\n' +
        'Hint: Set version: 1.0.1 in app/Chart.yaml: app/values.yaml changed.\n',
    )
  })

  it('ends with 0 when all that have changed have a higher version', async () => {
    await shop.chart('app', '1.0.1')
    await shop.chart('api', '2.0.0')
    const { charts } = await shop.json(changedCharts, 'changed', '--since', 'main')
    expect(
      charts.map(({ chart, oldVersion, version, bumped }) => [chart, oldVersion, version, bumped]),
    ).toEqual([
      ['api', '1.0.0', '2.0.0', true],
      ['app', '1.0.0', '1.0.1', true],
    ])
    const one = await shop.json(changedCharts, 'changed', 'app', '--since', 'main')
    expect(one.charts.map(({ chart }) => chart)).toEqual(['app'])
  })

  it('prints its result as JSON also when it fails', async () => {
    await shop.write('app/values.yaml', 'replicas: 2\n')
    const { code, stdout } = await shop.chartroom('changed', '--since', 'main', '-o', 'json')
    expect([code, parse(changedCharts, JSON.parse(stdout))]).toEqual([
      8,
      {
        since: 'main',
        charts: [
          {
            ...{ chart: 'app', name: 'app', change: 'changed', changed: true, bumped: false },
            ...{ oldVersion: '1.0.0', version: '1.0.0', nextVersion: '1.0.1', files: ['app/values.yaml'] },
          },
        ],
      },
    ])
  })

  it.each<[number, string[], string]>([
    [2, [], '--since is missing'],
    [2, ['--since', ''], 'is no name of a git revision'],
    [2, ['--since=--output=x'], 'is no name of a git revision'],
    [4, ['--since', 'nope'], 'git knows no revision nope here'],
    [4, ['--since', 'main', 'none'], 'none: there is no chart'],
  ])('ends with %i for %j', async (code, argv, message) => {
    const called = await shop.chartroom('changed', ...argv)
    expect([called.code, called.stderr]).toEqual([code, expect.stringContaining(message)])
  })
})
