import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { TestRepository } from '../revision/testing/repository.ts'
import { createRepository } from '../revision/testing/repository.ts'
import type { ChangedChart } from './changed-chart.ts'
import { changedCharts } from './changed-charts.ts'

let repository: TestRepository

beforeEach(() => {
  repository = createRepository()
  repository.chart('charts/app', '1.0.0')
  repository.chart('charts/api', '0.1.0')
  repository.write('README.md', 'x\n')
  repository.commit()
  repository.git('branch', 'base')
})

afterEach(() => repository.close())

function changes(charts: string[] = [], cwd = '.', since = 'base'): Promise<ChangedChart[]> {
  const { folder, context } = repository
  return changedCharts({ ...context, since, charts, cwd: join(folder, cwd) })
}

/** `charts/app changed 1.0.0 1.0.1 raised`, without those that are as they were. */
async function said(charts: string[] = [], cwd = '.'): Promise<string[]> {
  return (await changes(charts, cwd))
    .filter(({ change }) => change !== 'unchanged')
    .map(({ chart, change, oldVersion = '-', version = '-', bumped }) =>
      [chart, change, oldVersion, version, bumped ? 'raised' : 'not raised'].join(' '),
    )
}

describe('charts since a revision', () => {
  it('are unchanged when nothing of them is', async () => {
    repository.write('README.md', 'y\n')
    repository.commit()
    expect(await changes()).toEqual([
      {
        chart: 'charts/api',
        name: 'api',
        change: 'unchanged',
        changed: false,
        oldVersion: '0.1.0',
        version: '0.1.0',
        bumped: false,
        files: [],
      },
      {
        chart: 'charts/app',
        name: 'app',
        change: 'unchanged',
        changed: false,
        oldVersion: '1.0.0',
        version: '1.0.0',
        bumped: false,
        files: [],
      },
    ])
  })

  it.each<[string, (r: TestRepository) => void]>([
    ['committed', (r) => r.commit()],
    ['staged', (r) => r.git('add', '--all')],
    ['on disk', () => undefined],
  ])('are changed by what is %s', async (_, then) => {
    repository.write('charts/app/templates/a.yaml', 'kind: New\n')
    repository.write('charts/app/templates/new ä"\n.yaml', 'kind: New\n')
    then(repository)
    expect(await changes(['charts/app'])).toEqual([
      {
        ...{ chart: 'charts/app', name: 'app', change: 'changed', changed: true, bumped: false },
        ...{ oldVersion: '1.0.0', version: '1.0.0', nextVersion: '1.0.1' },
        files: ['charts/app/templates/a.yaml', 'charts/app/templates/new ä"\n.yaml'],
      },
    ])
  })

  it('are compared with the commit where the branch began, not with what came after it', async () => {
    repository.git('checkout', '--quiet', 'base')
    repository.chart('charts/api', '9.0.0')
    repository.commit()
    repository.git('checkout', '--quiet', 'main')
    repository.write('charts/app/x', 'x')
    repository.commit()
    expect(await said()).toEqual(['charts/app changed 1.0.0 1.0.0 not raised'])
  })

  it.each([
    ['1.0.0', '1.0.1', 'raised'],
    ['1.0.0', '2.0.0-rc.1', 'raised'],
    ['1.0.0-rc.1', '1.0.0', 'raised'],
    ['1.0.0-rc.9', '1.0.0-rc.10', 'raised'],
    ['1.10.0', '1.9.0', 'not raised'],
    ['1.0.0', '1.0.0-rc.1', 'not raised'],
    ['1.0.0', '1.0.0+1', 'not raised'],
    ['1.0.0+1', '1.0.0+2', 'not raised'],
    ['v1.0.0', '1.0.1', 'raised'],
  ])('from %s to %s are %s', async (before, after, verdict) => {
    repository.chart('charts/app', before)
    repository.commit()
    repository.git('branch', '--force', 'base')
    repository.chart('charts/app', after, 'description: x\n')
    expect(await said(['charts/app'])).toEqual([`charts/app changed ${before} ${after} ${verdict}`])
  })

  it('are not changed by what .helmignore, .gitignore and modes are about', async () => {
    repository.write('charts/app/.helmignore', 'ci/\n*.md\n')
    repository.write('.gitignore', '*.tgz\n')
    repository.commit()
    repository.git('branch', '--force', 'base')
    repository.write('charts/app/ci/deep/values.yaml', 'x: 1\n')
    repository.write('charts/app/README.md', 'x\n')
    repository.write('charts/app/templates/.swp', 'x\n')
    repository.write('charts/app/charts/dep-1.0.0.tgz', 'x\n')
    chmodSync(join(repository.folder, 'charts/app/templates/a.yaml'), 0o755)
    expect(await said()).toEqual([])
    repository.commit()
    expect(await said()).toEqual([])
    repository.write('charts/app/.helmignore', 'ci/\n')
    expect(await said()).toEqual(['charts/app changed 1.0.0 1.0.0 not raised'])
  })

  it('are not changed by line ends that git makes its own', async () => {
    repository.git('config', 'core.autocrlf', 'true')
    repository.write(
      'charts/app/templates/a.yaml',
      'apiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: app}\r\n',
    )
    expect(await said()).toEqual([])
    repository.write('charts/app/templates/a.yaml', 'apiVersion: v1\r\n')
    expect(await said()).toEqual(['charts/app changed 1.0.0 1.0.0 not raised'])
  })

  it('may be new, and need no other version then', async () => {
    repository.chart('charts/new', '0.1.0')
    expect(await said()).toEqual(['charts/new added - 0.1.0 raised'])
    repository.commit()
    expect(await said()).toEqual(['charts/new added - 0.1.0 raised'])
  })

  it('may be deleted, which is no fault', async () => {
    rmSync(join(repository.folder, 'charts/app'), { recursive: true })
    const deleted = 'charts/app deleted 1.0.0 - raised'
    expect(await said()).toEqual([deleted])
    expect(await said(['charts/app'])).toEqual([deleted])
    expect(await said(['charts/a*'])).toEqual([deleted])
    repository.commit()
    expect(await said(['app'], 'charts')).toEqual(['app deleted 1.0.0 - raised'])
  })

  it('are changed by a chart inside of them that is deleted', async () => {
    repository.chart('charts/app/charts/sub', '1.0.0')
    repository.commit()
    repository.git('branch', '--force', 'base')
    rmSync(join(repository.folder, 'charts/app/charts'), { recursive: true })
    expect(await said()).toEqual(['charts/app changed 1.0.0 1.0.0 not raised'])
  })

  it('may be moved, and need another version only with other content', async () => {
    mkdirSync(join(repository.folder, 'stable'))
    renameSync(join(repository.folder, 'charts/app'), join(repository.folder, 'stable/app'))
    repository.commit()
    expect(await changes(['stable/app'])).toMatchObject([
      { chart: 'stable/app', change: 'moved', oldChart: 'charts/app', oldVersion: '1.0.0', changed: false },
    ])
    expect(await said()).toHaveLength(1)
    repository.write('stable/app/templates/a.yaml', 'kind: Other\n')
    expect(await changes(['stable/app'])).toMatchObject([{ change: 'moved', changed: true, bumped: false }])
    repository.chart('stable/app', '1.1.0')
    expect(await changes(['stable/app'])).toMatchObject([{ change: 'moved', changed: true, bumped: true }])
  })

  it('are library charts too', async () => {
    repository.chart('charts/app', '1.0.0', 'type: library\n')
    expect(await said()).toEqual(['charts/app changed 1.0.0 1.0.0 not raised'])
  })

  it('count as changed with a chart that they take from a folder', async () => {
    const dependency = 'dependencies: [{name: common, version: 1.x.x, repository: "file://../../common"}]\n'
    repository.chart(
      'common',
      '1.0.0',
      'dependencies: [{name: app, version: 1.x.x, repository: "file://../charts/app"}]\n',
    )
    repository.chart('charts/app', '1.0.0', dependency)
    repository.commit()
    repository.git('branch', '--force', 'base')
    repository.chart('common', '1.0.1', 'description: x\n')
    expect(await said()).toEqual([
      'charts/app changed 1.0.0 1.0.0 not raised',
      'common changed 1.0.0 1.0.1 raised',
    ])
    expect((await changes(['charts/app']))[0]?.files).toEqual(['common/Chart.yaml'])
  })

  it('count as changed with a chart that requirements.yaml takes from a folder', async () => {
    repository.chart('common', '1.0.0')
    repository.write('charts/app/Chart.yaml', 'apiVersion: v1\nname: app\nversion: 1.0.0\n')
    const requirements = 'dependencies: [{name: common, version: 1.x.x, repository: "file://../../common"}]\n'
    repository.write('charts/app/requirements.yaml', requirements)
    repository.commit()
    repository.git('branch', '--force', 'base')
    repository.chart('common', '1.0.1')
    expect(await said(['charts/app'])).toEqual(['charts/app changed 1.0.0 1.0.0 not raised'])
    repository.write('charts/app/requirements.yaml', 'a: [')
    await expect(said(['charts/app'])).rejects.toMatchObject({
      code: 'YAML_INVALID',
      message: expect.stringMatching(/^charts\/app: /),
    })
  })

  it('may take only so many charts from folders', async () => {
    const names = Array.from({ length: limits.dependencies }, (_, index) => `many/c${index}`)
    for (const name of names)
      repository.write(`${name}/Chart.yaml`, 'apiVersion: v2\nname: c\nversion: 1.0.0\n')
    const lines = names.map(
      (name, index) => `- {name: c${index}, version: 1.0.0, repository: "file://../../${name}"}\n`,
    )
    repository.chart('charts/app', '1.0.0', `dependencies:\n${lines.join('')}`)
    await expect(changes(['charts/app'])).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('count as changed with a file that a link leads to', async () => {
    symlinkSync('../../../README.md', join(repository.folder, 'charts/app/templates/linked.txt'))
    repository.commit()
    repository.git('branch', '--force', 'base')
    repository.write('README.md', 'y\n')
    expect(await said()).toEqual(['charts/app changed 1.0.0 1.0.0 not raised'])
  })

  it('need no version above one that cannot be read', async () => {
    repository.write('charts/app/Chart.yaml', 'apiVersion: [\n')
    repository.commit()
    repository.git('branch', '--force', 'base')
    repository.chart('charts/app', '1.0.0')
    expect(await said()).toEqual(['charts/app changed - 1.0.0 raised'])
  })

  it('have to have a Chart.yaml that can be read now', async () => {
    repository.write('charts/app/Chart.yaml', 'apiVersion: v2\nname: app\n')
    await expect(changes()).rejects.toMatchObject({
      code: 'CHART_INVALID',
      message: expect.stringMatching(/^charts\/app: /),
    })
  })
})

describe('the charts that are looked at', () => {
  it('are all of the work tree, but not those inside of others', async () => {
    repository.chart('charts/app/charts/sub', '1.0.0')
    repository.chart('deep/er/x', '1.0.0')
    expect((await changes([], 'charts/api')).map(({ chart }) => chart)).toEqual([
      '.',
      '../../deep/er/x',
      '../app',
    ])
  })

  it('are those of chartroom.yaml, from its folder on', async () => {
    repository.write('chartroom.yaml', 'charts: [charts/ap*]\n')
    repository.chart('other', '1.0.0')
    rmSync(join(repository.folder, 'charts/app'), { recursive: true })
    expect((await changes([], 'charts/api')).map(({ chart }) => chart)).toEqual(['.', '../app'])
  })

  it('have to be there when chartroom.yaml names them', async () => {
    repository.write('chartroom.yaml', 'charts: [none/*, x.tgz]\n')
    expect(await changes()).toEqual([])
    repository.write('chartroom.yaml', 'charts: [charts/app, none]\n')
    await expect(changes()).rejects.toMatchObject({ code: 'CHART_NOT_FOUND' })
  })

  it('are those named, by folder or pattern', async () => {
    const names = async (...charts: string[]): Promise<string[]> =>
      (await changes(charts, 'charts')).map(({ chart }) => chart)
    expect(await names('app', './app/', join(repository.folder, 'charts/app'))).toEqual(['app'])
    expect(await names('a*')).toEqual(['api', 'app'])
    expect(await names('../*/api')).toEqual(['api'])
    await expect(names('apx')).rejects.toMatchObject({ code: 'CHART_NOT_FOUND' })
    await expect(names('/')).rejects.toMatchObject({ code: 'USAGE' })
    await expect(names('../../*')).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('may be the whole work tree', async () => {
    repository.chart('', '1.0.0')
    repository.commit()
    repository.git('branch', '--force', 'base')
    repository.write('values.yaml', 'x: 1\n')
    expect(await said()).toEqual(['. changed 1.0.0 1.0.0 not raised'])
    expect(await said(['..'], 'charts')).toEqual(['.. changed 1.0.0 1.0.0 not raised'])
  })

  it('may have names that git and shells make something of', async () => {
    const names = [':(exclude)x', '-x', ' x', 'ä 猫', 'a"b\\c', '$(touch x)', 'a\tb', '[x]']
    for (const name of names) repository.chart(`charts/${name}/app`, '1.0.0')
    repository.commit()
    repository.git('branch', '--force', 'base')
    for (const name of names) repository.write(`charts/${name}/app/x`, 'x')
    expect((await said()).sort()).toEqual(
      names.map((name) => `charts/${name}/app changed 1.0.0 1.0.0 not raised`).sort(),
    )
    expect(await said(['charts/:(exclude)x/app'])).toHaveLength(1)
  })

  it('may lie in a submodule', async () => {
    const other = createRepository()
    try {
      other.chart('app', '1.0.0')
      other.commit()
      repository.git('submodule', '--quiet', 'add', other.folder, 'sub')
      repository.commit()
      repository.git('branch', '--force', 'base')
      expect(await changes(['sub/app'])).toMatchObject([{ change: 'unchanged' }])
      other.chart('app', '1.0.1')
      other.commit()
      repository.git('-C', 'sub', 'pull', '--quiet')
      expect(await said(['sub/app'])).toEqual(['sub/app changed 1.0.0 1.0.1 raised'])
    } finally {
      other.close()
    }
  })
})
