import { chmodSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packChart } from '@chartroom/chart'
import { nodePorts, readFolder } from '@chartroom/chart/node'
import type { Chart } from '@chartroom/chart'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../connection.ts'
import { limits } from '../limits.ts'
import { checkOut } from './checkout.ts'
import type { TestedRevision } from './revision.ts'
import { loadRevision, loadTestedRevision, parseRevision } from './revision.ts'
import type { TestRepository } from './testing/repository.ts'
import { createRepository } from './testing/repository.ts'

let repository: TestRepository

beforeEach(() => {
  repository = createRepository()
  repository.chart('charts/app', '1.0.0')
  repository.commit()
  repository.git('branch', 'base')
})

afterEach(() => repository.close())

function load(path: string, ref = 'base', cwd = '.'): Promise<Chart> {
  const { context, folder } = repository
  const environment = { env: context.env, cwd: folder, platform: process.platform }
  return loadRevision(
    { ref, path },
    { ...context, cwd: join(folder, cwd), connections: connect(environment, {}) },
  )
}

function text(chart: Chart, name: string): string | undefined {
  const file = chart.files.find((one) => one.name === name)
  return file === undefined ? undefined : new TextDecoder().decode(file.data)
}

describe('a reference to a git revision', () => {
  it.each([
    ['git:main:./chart', { ref: 'main', path: './chart' }],
    ['git:v1.0.0~2:a:b', { ref: 'v1.0.0~2', path: 'a:b' }],
    ['git:origin/main:.', { ref: 'origin/main', path: '.' }],
    ['./chart', undefined],
    ['oci://git/x', undefined],
    ['gitx:main:x', undefined],
  ])('%s is %j', (reference, parts) => {
    expect(parseRevision(reference)).toEqual(parts)
  })

  it.each(['git:', 'git:main', 'git:main:', 'git::chart'])('%s says too little', (reference) => {
    expect(() => parseRevision(reference)).toThrow(expect.objectContaining({ code: 'USAGE' }))
  })
})

describe('a chart of a git revision', () => {
  it('is as it was, whatever lies on disk and in the index', async () => {
    repository.chart('charts/app', '2.0.0')
    repository.git('add', '--all')
    repository.write('charts/app/untracked', 'x')
    const before = repository.git('status', '--porcelain')
    expect((await load('charts/app')).metadata.version).toBe('1.0.0')
    expect((await load('app', 'base', 'charts')).metadata.version).toBe('1.0.0')
    expect((await load('..', 'base', 'charts/app/templates')).files.map(({ name }) => name)).toEqual([
      'Chart.yaml',
      'templates/a.yaml',
    ])
    expect(repository.git('status', '--porcelain')).toBe(before)
    expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1)
  })

  it('is with three dots that of the commit where the branch began', async () => {
    repository.git('checkout', '--quiet', 'base')
    repository.chart('charts/app', '9.0.0')
    repository.commit()
    repository.git('checkout', '--quiet', 'main')
    expect((await load('charts/app')).metadata.version).toBe('9.0.0')
    expect((await load('charts/app', 'base...')).metadata.version).toBe('1.0.0')
    await expect(load('charts/app', '...')).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('may be gone from disk', async () => {
    rmSync(join(repository.folder, 'charts'), { recursive: true })
    expect((await load('charts/app')).metadata.version).toBe('1.0.0')
  })

  it('may be the whole repository', async () => {
    repository.chart('', '3.0.0')
    repository.commit()
    expect((await load('.', 'main')).metadata.version).toBe('3.0.0')
  })

  it('may be an archive', async () => {
    const chart = await readFolder(join(repository.folder, 'charts/app'))
    const bytes = packChart(chart, { time: new Date(0), ports: nodePorts })
    writeFileSync(join(repository.folder, 'app.tgz'), bytes)
    repository.commit()
    expect((await load('app.tgz', 'main')).metadata.version).toBe('1.0.0')
  })

  it('has the line ends that a checkout would give it, and all files in spite of export-ignore', async () => {
    repository.write('.gitattributes', '*.txt text eol=crlf\ncharts/app/kept export-ignore\n')
    repository.write('charts/app/a.txt', 'x\ny\n')
    repository.write('charts/app/kept', 'x')
    repository.commit()
    // Those of today say something else.
    repository.write('.gitattributes', '')
    const chart = await load('charts/app', 'main')
    expect([text(chart, 'a.txt'), text(chart, 'kept')]).toEqual(['x\r\ny\r\n', 'x'])
  })

  it('has what its links lead to, inside of the repository', async () => {
    repository.write('shared.txt', 'shared')
    symlinkSync('../../shared.txt', join(repository.folder, 'charts/app/linked.txt'))
    repository.commit()
    expect(text(await load('charts/app', 'main'), 'linked.txt')).toBe('shared')
    symlinkSync('/etc/hostname', join(repository.folder, 'charts/app/out.txt'))
    repository.commit()
    await expect(load('charts/app', 'main')).rejects.toMatchObject({ code: 'CHART_INVALID' })
  })

  it('may have a name that git and shells make something of', async () => {
    for (const name of [':(top)x', '-x', 'ä "q"\\ \t', '$(touch x)']) {
      repository.chart(`charts/${name}/app`, '1.0.0')
      repository.commit()
      expect((await load(`charts/${name}/app`, 'main')).metadata.name).toBe('app')
    }
  })

  it('runs no hook of the repository', async () => {
    for (const hook of ['post-checkout', 'post-index-change']) {
      repository.write(`.git/hooks/${hook}`, '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n')
      chmodSync(join(repository.folder, `.git/hooks/${hook}`), 0o755)
    }
    await load('charts/app')
    expect(existsSync(join(repository.folder, '.git/hooks/ran'))).toBe(false)
    repository.git('checkout', '--quiet', 'base')
    expect(existsSync(join(repository.folder, '.git/hooks/ran'))).toBe(true)
  })

  it.each([
    ['charts/none', 'NOT_FOUND'],
    ['charts', 'CHART_NOT_FOUND'],
    ['..', 'USAGE'],
    ['/', 'USAGE'],
  ])('has to be at its path: %s', async (path, code) => {
    await expect(load(path)).rejects.toMatchObject({ code })
  })

  it('gets what its lock names, from folders of the revision too', async () => {
    repository.chart('common', '1.0.0')
    repository.chart(
      'charts/app',
      '1.0.0',
      'dependencies: [{name: common, version: 1.0.0, repository: "file://../../common"}]\n',
    )
    const { updateDependencies } = await import('../dependency/update.ts')
    const environment = { env: repository.context.env, cwd: repository.folder, platform: process.platform }
    await updateDependencies(join(repository.folder, 'charts/app'), connect(environment, {}), {})
    repository.write('.gitignore', '*.tgz\n')
    repository.commit()
    repository.write('common/templates/a.yaml', 'later: 1\n')
    const chart = await load('charts/app', 'main')
    expect(chart.dependencies.map(({ metadata }) => metadata.name)).toEqual(['common'])
    const [common] = chart.dependencies
    expect(common === undefined ? '' : text(common, 'templates/a.yaml')).toContain('kind: ConfigMap')
  })

  it('has the test values of then, also where .helmignore leaves them out', async () => {
    const { context, folder } = repository
    repository.write('charts/app/.helmignore', 'ci/\n')
    repository.write('shared.yaml', 'a: 1\n')
    repository.write('charts/app/ci/b-values.yaml', 'b: 1\n')
    symlinkSync('../../../shared.yaml', join(folder, 'charts/app/ci/a-values.yaml'))
    repository.commit()
    rmSync(join(folder, 'charts/app/ci'), { recursive: true })
    const load = (): Promise<TestedRevision> =>
      loadTestedRevision({ ref: 'main', path: 'charts/app' }, context)
    const { chart, tests } = await load()
    expect(chart.files.map(({ name }) => name)).not.toContain('ci/b-values.yaml')
    expect(tests).toEqual([
      { name: 'ci/a-values.yaml', text: 'a: 1\n' },
      { name: 'ci/b-values.yaml', text: 'b: 1\n' },
    ])
    repository.write('charts/app/ci/keep', '')
    symlinkSync('/etc/hostname', join(folder, 'charts/app/ci/out-values.yaml'))
    repository.commit()
    await expect(load()).rejects.toMatchObject({ code: 'CHART_INVALID' })
  })

  it('has a limit of files', async () => {
    const file = { path: 'x', hash: 'x', isLink: false }
    const files = Array.from({ length: limits.revisionFiles + 1 }, () => file)
    const tree = { root: repository.folder, context: repository.context }
    await expect(checkOut(tree, { commit: 'base', folder: '/nowhere', files })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })
})
