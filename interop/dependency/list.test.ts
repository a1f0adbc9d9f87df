import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../peers/peers.ts'
import type { Bench, Content } from './bench.ts'
import { good, openBench, umbrellas, umbrellaYaml } from './bench.ts'

const helm = peer('helm-4.2.4')

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(() => bench?.close())

const archive = (name: string): Content => ({ copy: `site/${name}.tgz` })
const folder = (name: string): Content => ({ copy: `offered/${name}` })

/** A declaration of `common` and `redis`, what is in `charts/`, and the statuses that helm prints. */
const states: [name: string, dependencies: string, charts: Record<string, Content>, statuses: string[]][] = [
  [
    'all is there',
    '- {name: common, version: ^1, repository: "@team"}',
    { 'common-1.2.0.tgz': archive('common-1.2.0') },
    ['ok'],
  ],
  ['nothing is there', '- {name: common, version: ^1, repository: "@team"}', {}, ['missing']],
  [
    'a folder is there',
    '- {name: common, version: ^1, repository: "@team"}',
    { common: folder('common-1.0.0') },
    ['unpacked'],
  ],
  [
    'a folder has another name',
    '- {name: common, version: ^1, repository: "@team"}',
    { other: folder('common-1.0.0') },
    ['unpacked'],
  ],
  [
    'an archive has another version',
    '- {name: common, version: ^2, repository: "@team"}',
    { 'common-1.2.0.tgz': archive('common-1.2.0') },
    ['wrong version'],
  ],
  [
    'a folder has another version',
    '- {name: common, version: ^2, repository: "@team"}',
    { common: folder('common-1.0.0') },
    ['wrong version'],
  ],
  [
    'the range is none',
    '- {name: common, version: what, repository: "@team"}',
    { 'common-1.2.0.tgz': archive('common-1.2.0') },
    ['invalid version'],
  ],
  [
    'there are two',
    '- {name: common, version: ^1, repository: "@team"}',
    { 'common-1.2.0.tgz': archive('common-1.2.0'), 'common-1.0.0.tgz': archive('common-1.0.0') },
    ['too many matches'],
  ],
  [
    'one name begins like another',
    '- {name: redis, version: 0.1.0, repository: "@team"}\n- {name: redis-cluster, version: 1.x, repository: "@team"}',
    { 'redis-0.1.0.tgz': archive('redis-0.1.0'), 'redis-cluster-1.0.0.tgz': archive('redis-cluster-1.0.0') },
    ['ok', 'ok'],
  ],
  [
    'only the longer name is there',
    '- {name: redis, version: 0.1.0, repository: "@team"}',
    { 'redis-cluster-1.0.0.tgz': archive('redis-cluster-1.0.0') },
    ['misnamed'],
  ],
  ['a name is no pattern', '- {name: "a[", version: 0.1.0, repository: "@team"}', {}, ['bad pattern']],
  [
    'a name is a pattern',
    '- {name: "c*n", version: "1", repository: "@team"}',
    { 'common-1.2.0.tgz': archive('common-1.2.0') },
    ['misnamed'],
  ],
  [
    'something is not declared',
    '- {name: common, version: ^1, repository: "@team"}',
    { 'redis-0.1.0.tgz': archive('redis-0.1.0'), redis: folder('redis-0.1.0') },
    ['missing'],
  ],
  [
    'a repository is long',
    `- {name: common, version: "^1", repository: "https://example.com/${'long/'.repeat(20)}"}`,
    { common: folder('common-1.0.0') },
    ['unpacked'],
  ],
  ['names are wide', '- {name: "図書館", version: "^1", repository: "https://例え.jp/é"}', {}, ['missing']],
  ['no list', '', {}, []],
  ['an empty list', '[]', {}, []],
]

describe.skipIf(helm === undefined)('dependency list, beside helm', () => {
  it.each(states)('prints what helm prints where %s', async (title, dependencies, charts, statuses) => {
    const name = title.replaceAll(/[^a-z]+/g, '-')
    const chart =
      dependencies === '' ? 'apiVersion: v2\nname: umbrella\nversion: 1.0.0\n' : umbrellaYaml(dependencies)
    const files = Object.entries(charts).map(([path, content]) => [`charts/${path}`, content] as const)
    await bench.umbrella(name, chart, Object.fromEntries(files))
    const { theirs, ours } = umbrellas(bench, name)
    const wanted = await good(bench.helm('dependency', 'list', theirs))
    expect(wanted.match(/(?<=\t)[a-z][a-z ]*(?= *\n)/g)?.map((status) => status.trim()) ?? []).toEqual(
      statuses,
    )
    await same(theirs, ours, [])
    await same(theirs, ours, ['--max-col-width', '12'])
    await same(theirs, ours, ['--max-col-width', '0'])
  })

  it('prints what helm prints of an archive', async () => {
    await bench.umbrella('archived', umbrellaYaml('- {name: common, version: ^1, repository: "@team"}'), {
      'charts/common-1.2.0.tgz': archive('common-1.2.0'),
    })
    const { theirs } = umbrellas(bench, 'archived')
    await good(bench.helm('package', theirs, '-d', 'archived'))
    const packed = 'archived/umbrella-1.0.0.tgz'
    await same(packed, packed, [])
    await rm(join(bench.home.folder, packed))
  })

  it('says "corrupt" where helm says no more than that it cannot load the chart', async () => {
    await bench.umbrella('corrupt', umbrellaYaml('- {name: common, version: ^1, repository: "@team"}'), {
      'charts/common-1.2.0.tgz': 'no archive\n',
    })
    const { theirs, ours } = umbrellas(bench, 'corrupt')
    expect((await bench.helm('dependency', 'list', theirs)).code).toBe(1)
    const list = await good(bench.chartroom('dependency', 'list', ours))
    expect(list).toContain('\tcorrupt')
    expect(list).toContain('is not a chart.')
  })
})

/** Both list the same folder, because helm prints its path. */
async function same(theirs: string, ours: string, flags: readonly string[]): Promise<void> {
  const wanted = await good(bench.helm('dependency', 'list', theirs, ...flags))
  if (theirs === ours) {
    expect(await good(bench.chartroom('dependency', 'list', ours, ...flags))).toBe(wanted)
    return
  }
  await rename(theirs, `${theirs}-helm`)
  await rename(ours, theirs)
  const list = await good(bench.chartroom('dependency', 'list', theirs, ...flags))
  await rename(theirs, ours)
  await rename(`${theirs}-helm`, theirs)
  expect(list).toBe(wanted)
}
