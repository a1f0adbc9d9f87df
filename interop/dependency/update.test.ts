import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadArchive, packagedFiles } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../peers/peers.ts'
import type { Bench } from './bench.ts'
import { inCharts, lockOf, openBench, umbrellas, umbrellaYaml } from './bench.ts'

const helm = peer('helm-4.2.4')

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(() => bench?.close())

type Dependencies = (places: Bench) => string

const accepted: [name: string, dependencies: Dependencies][] = [
  ['a range of an added repository', ({ team }) => `- {name: common, version: ^1.0.0, repository: ${team}}`],
  ['a partial version', ({ team }) => `- {name: common, version: "1.2", repository: ${team}}`],
  [
    'another spelling of its address',
    ({ team }) => `- {name: common, version: 1.0.0, repository: "${team}/"}`,
  ],
  ['its alias', () => `- {name: common, version: ">=1.0.0 <1.10.0", repository: "@team"}`],
  ['the other spelling of its alias', () => `- {name: common, version: 1.x, repository: "alias:team"}`],
  ['a repository nobody added', ({ foreign }) => `- {name: common, version: "*", repository: ${foreign}}`],
  ['a pre-release', ({ team }) => `- {name: common, version: ">=2.0.0-0 <2.0.0", repository: ${team}}`],
  ['build metadata', ({ team }) => `- {name: common, version: 2.0.0, repository: ${team}}`],
  ['a version with a v', ({ team }) => `- {name: redis, version: 1.0.0, repository: ${team}}`],
  [
    'a registry',
    ({ registry: { host } }) => `- {name: common, version: 1.2.0, repository: "oci://${host}/charts"}`,
  ],
  [
    'a range of a registry',
    ({ registry: { host } }) => `- {name: common, version: ~1, repository: "oci://${host}/charts"}`,
  ],
  [
    'build metadata in a registry',
    ({ registry: { host } }) =>
      `- {name: common, version: 2.0.0+build.5, repository: "oci://${host}/charts"}`,
  ],
  [
    'tags with a v, which helm does not see',
    ({ registry: { host } }) => `- {name: redis, version: ">=0", repository: "oci://${host}/charts"}`,
  ],
  ['a folder', () => `- {name: lib, version: ^1, repository: "file://../lib"}`],
  [
    'aliases, tags, conditions and imports',
    ({
      team,
      registry: { host },
    }) => `- {name: common, version: ^1, repository: ${team}, alias: one, tags: [a, b], condition: one.enabled}
- {name: common, version: ^1, repository: ${team}, alias: two, import-values: [data, {child: x, parent: "<y>"}]}
- {name: redis, version: 0.1.0, repository: "oci://${host}/charts", enabled: true}`,
  ],
  ['an empty list', () => '[]'],
]

const refused: [name: string, dependencies: Dependencies, words: string][] = [
  [
    'no version',
    ({ team }) => `- {name: common, repository: ${team}}`,
    'dependency "common" has an invalid version/constraint format: improper constraint: ""',
  ],
  [
    'a range that is none',
    ({ team }) => `- {name: common, version: what, repository: ${team}}`,
    'improper constraint: "what"',
  ],
  [
    'a version that is not there',
    ({ team }) => `- {name: common, version: ^7, repository: ${team}}`,
    `can't get a valid version for 1 subchart(s): "common" (repository "TEAM", version "^7"). Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml`,
  ],
  [
    'a chart that is not there',
    ({ team }) => `- {name: none, version: "1", repository: ${team}}`,
    'none chart not found in repo TEAM',
  ],
  [
    'an alias of nothing',
    () => '- {name: common, version: "1", repository: "@other"}',
    'no repository definition for @other',
  ],
  [
    'a name for a repository',
    () => '- {name: common, version: "1", repository: team}',
    'no repository definition for team',
  ],
  [
    'a folder that is not there',
    () => '- {name: lib, version: "1", repository: "file://../gone"}',
    '/gone not found',
  ],
  ['no repository and no folder', () => '- {name: lib, version: "1"}', 'umbrella/charts/lib not found'],
  [
    'another version in the folder',
    () => '- {name: lib, version: "2", repository: "file://../lib"}',
    `can't get a valid version for 1 subchart(s): "lib" (repository "file://../lib", version "2")`,
  ],
]

describe.skipIf(helm === undefined)('dependency update, beside helm', () => {
  it.each(accepted)('writes the lock and the files that helm writes for %s', async (name, dependencies) => {
    await bench.umbrella(slug(name), umbrellaYaml(dependencies(bench)))
    await bothUpdate(slug(name))
    await sameResult(slug(name))
  })

  it('writes requirements.lock for a chart of apiVersion v1', async () => {
    const requirements = `dependencies:\n- {name: common, version: ^1, repository: ${bench.team}}\n`
    const chart = 'apiVersion: v1\nname: umbrella\nversion: 1.0.0\n'
    await bench.umbrella('v1', chart, { 'requirements.yaml': requirements })
    await bothUpdate('v1')
    await sameResult('v1', 'requirements.lock')
  })

  it('removes what helm removes from charts/, and leaves what helm leaves', async () => {
    const chart = umbrellaYaml(
      `- {name: common, version: ^1, repository: ${bench.team}}\n- {name: redis, version: ^0.1}`,
    )
    await bench.umbrella('cleaned', chart, {
      'charts/redis': { copy: 'offered/redis-0.1.0' },
      'charts/undeclared': { copy: 'offered/common-1.0.0' },
      'charts/common-1.0.0.tgz': { copy: 'site/common-1.0.0.tgz' },
      'charts/redis-0.1.0.tgz': { copy: 'site/redis-0.1.0.tgz' },
      'charts/redis-cluster-1.0.0.tgz': { copy: 'site/redis-cluster-1.0.0.tgz' },
      'charts/common-1.0.0.tgz.prov': 'signed\n',
      'charts/.gitkeep': '',
    })
    await bothUpdate('cleaned')
    const { theirs, ours } = umbrellas(bench, 'cleaned')
    expect(await inCharts(ours)).toEqual([
      '.gitkeep',
      'common-1.0.0.tgz.prov',
      'common-1.10.0.tgz',
      'redis',
      'redis-0.1.0.tgz',
      'undeclared',
    ])
    expect(await inCharts(ours)).toEqual(await inCharts(theirs))
    expect(await lockOf(ours)).toBe(await lockOf(theirs))
  })

  it.each(refused)('refuses, as helm does, %s', async (name, dependencies, words) => {
    await bench.umbrella(slug(name), umbrellaYaml(dependencies(bench)))
    const { theirs, ours } = umbrellas(bench, slug(name))
    const wanted = words.replaceAll('TEAM', bench.team)
    const helms = await bench.helm('dependency', 'update', theirs, '--plain-http')
    const own = await bench.chartroom('dependency', 'update', ours)
    expect([helms.code, helms.stderr]).toEqual([1, expect.stringContaining(wanted)])
    expect([own.code > 1, own.stderr]).toEqual([true, expect.stringContaining(wanted)])
    expect([await inCharts(ours), await lockOf(ours)]).toEqual([[], undefined])
  })
})

function slug(name: string): string {
  return name.replaceAll(/[^a-z]+/g, '-')
}

async function bothUpdate(name: string): Promise<void> {
  const { theirs, ours } = umbrellas(bench, name)
  const helms = await bench.helm('dependency', 'update', theirs, '--plain-http')
  const own = await bench.chartroom('dependency', 'update', ours)
  expect({ helm: helms.code, own: own.code }, helms.stderr + own.stderr).toEqual({ helm: 0, own: 0 })
}

async function sameResult(name: string, lock?: string): Promise<void> {
  const { theirs, ours } = umbrellas(bench, name)
  expect(await lockOf(ours, lock)).toBe(await lockOf(theirs, lock))
  const files = await inCharts(theirs)
  expect(await inCharts(ours)).toEqual(files)
  for (const file of files) await sameArchive(join(theirs, 'charts', file), join(ours, 'charts', file))
}

/** What was fetched is equal; what was packed from a folder holds the same files. */
async function sameArchive(theirs: string, ours: string): Promise<void> {
  const [a, b] = await Promise.all([readFile(theirs), readFile(ours)])
  if (theirs.endsWith('lib-1.3.1.tgz')) expect(contentOf(b)).toEqual(contentOf(a))
  else expect(b.equals(a), theirs).toBe(true)
}

function contentOf(archive: Uint8Array): [string, string][] {
  const files = packagedFiles(loadArchive(new Uint8Array(archive), nodePorts))
  return files.map(({ name, data }) => [name, Buffer.from(data).toString('base64')])
}
