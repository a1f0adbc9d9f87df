import { createHash } from 'node:crypto'
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readArchive } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../peers/peers.ts'
import type { Bench } from './bench.ts'
import { good, inCharts, lockOf, openBench, umbrellas, umbrellaYaml } from './bench.ts'

const helm = peer('helm-4.2.4')

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(() => bench?.close())

describe.skipIf(helm === undefined)('dependency build, beside helm', () => {
  it('fetches what the other program locked', async () => {
    const { team, registry } = bench
    await bench.umbrella(
      'locked',
      umbrellaYaml(`- {name: common, version: ^1, repository: "@team", alias: first}
- {name: redis-cluster, version: "*", repository: "oci://${registry.host}/charts"}
- {name: redis, version: 1.0.0, repository: ${team}}
- {name: lib, version: ^1, repository: "file://../lib"}`),
    )
    const { theirs, ours } = umbrellas(bench, 'locked')
    await good(bench.helm('dependency', 'update', theirs, '--plain-http'))
    await good(bench.chartroom('dependency', 'update', ours))
    const files = await inCharts(ours)
    expect(files).toHaveLength(4)
    for (const umbrella of [theirs, ours]) await rm(join(umbrella, 'charts'), { recursive: true })
    await good(bench.helm('dependency', 'build', ours, '--plain-http'))
    await good(bench.chartroom('dependency', 'build', theirs))
    expect(await inCharts(ours)).toEqual(files)
    expect(await inCharts(theirs)).toEqual(files)
  })

  it('tells one chart from two places apart, which helm does not', async () => {
    const { team, registry } = bench
    await bench.umbrella(
      'mixed',
      umbrellaYaml(`- {name: common, version: 1.2.0, repository: ${team}}
- {name: common, version: 1.0.0, repository: "oci://${registry.host}/charts", alias: old}`),
    )
    const { theirs, ours } = umbrellas(bench, 'mixed')
    expect((await bench.helm('dependency', 'update', theirs, '--plain-http')).stderr).toContain(
      'no cached repository for oci://',
    )
    await good(bench.chartroom('dependency', 'update', ours))
    expect(await inCharts(ours)).toEqual(['common-1.0.0.tgz', 'common-1.2.0.tgz'])
  })

  it('takes the locked version though a newer one would do', async () => {
    await bench.umbrella('older', umbrellaYaml(`- {name: common, version: 1.0.0, repository: ${bench.team}}`))
    const { theirs, ours } = umbrellas(bench, 'older')
    for (const [program, umbrella] of [
      ['helm', theirs],
      ['chartroom', ours],
    ] as const) {
      await good(bench[program]('dependency', 'update', umbrella))
      const [chart, lock] = ['Chart.yaml', 'Chart.lock'].map((name) => join(umbrella, name))
      const yaml = (await readFile(chart ?? '', 'utf8')).replace('version: 1.0.0, rep', 'version: ^1, rep')
      await writeFile(chart ?? '', yaml)
      const text = await readFile(lock ?? '', 'utf8')
      await writeFile(lock ?? '', text.replace(/^digest: .*$/m, `digest: ${digestOf(bench.team)}`))
      await good(bench[program]('dependency', 'build', umbrella))
      expect(await inCharts(umbrella)).toEqual(['common-1.0.0.tgz'])
    }
  })

  it('refuses a lock out of sync in the words of helm, and changes nothing', async () => {
    await bench.umbrella('stale', umbrellaYaml(`- {name: common, version: 1.0.0, repository: ${bench.team}}`))
    const { theirs, ours } = umbrellas(bench, 'stale')
    await good(bench.helm('dependency', 'update', theirs))
    await good(bench.chartroom('dependency', 'update', ours))
    for (const umbrella of [theirs, ours])
      await appendFile(
        join(umbrella, 'Chart.yaml'),
        `- {name: redis, version: 0.1.0, repository: ${bench.team}}\n`,
      )
    const words =
      "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies with 'helm dependency update'"
    expect(await bench.helm('dependency', 'build', theirs)).toMatchObject({
      code: 1,
      stderr: `Error: ${words}\n`,
    })
    const own = await bench.chartroom('dependency', 'build', ours)
    expect([own.code, own.stderr]).toEqual([8, expect.stringContaining(`Error: ${words} (CHART_INVALID)`)])
    expect(await inCharts(ours)).toEqual(['common-1.0.0.tgz'])
  })

  it('takes the lock that Helm 2 wrote', async () => {
    const requirements = `dependencies:\n- name: common\n  version: ^1\n  repository: ${bench.team}\n  alias: one\n`
    const json = JSON.stringify({
      dependencies: [{ name: 'common', version: '^1', repository: bench.team, alias: 'one' }],
    })
    const lock = `dependencies:\n- name: common\n  repository: ${bench.team}\n  version: 1.2.0\ndigest: sha256:${sha256(json)}\ngenerated: "2019-01-01T00:00:00Z"\n`
    const files = { 'requirements.yaml': requirements, 'requirements.lock': lock }
    await bench.umbrella('helm2', 'apiVersion: v1\nname: umbrella\nversion: 1.0.0\n', files)
    const { theirs, ours } = umbrellas(bench, 'helm2')
    await good(bench.helm('dependency', 'build', theirs))
    await good(bench.chartroom('dependency', 'build', ours))
    for (const umbrella of [theirs, ours]) {
      expect(await inCharts(umbrella)).toEqual(['common-1.2.0.tgz'])
      expect(await readFile(join(umbrella, 'requirements.lock'), 'utf8')).toBe(lock)
    }
    const broken = lock.replace(/digest: .{12}/, 'digest: sha256:00000')
    for (const umbrella of [theirs, ours]) await writeFile(join(umbrella, 'requirements.lock'), broken)
    const words =
      'the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). Please update the dependencies'
    expect((await bench.helm('dependency', 'build', theirs)).stderr).toContain(`Error: ${words}\n`)
    expect((await bench.chartroom('dependency', 'build', ours)).stderr).toContain(
      `Error: ${words} (CHART_INVALID)`,
    )
  })

  it('updates where there is no lock', async () => {
    await bench.umbrella('unlocked', umbrellaYaml(`- {name: common, version: ^1, repository: ${bench.team}}`))
    const { theirs, ours } = umbrellas(bench, 'unlocked')
    await good(bench.helm('dependency', 'build', theirs))
    await good(bench.chartroom('dependency', 'build', ours))
    expect(await lockOf(ours)).toBe(await lockOf(theirs))
  })
})

describe.skipIf(helm === undefined)('package --dependency-update, beside helm', () => {
  it('fetches first, and packs the same files but Chart.digests.yaml', async () => {
    const chart = umbrellaYaml(`- {name: common, version: ^1, repository: ${bench.team}}`)
    await bench.umbrella('packed', chart)
    const { theirs, ours } = umbrellas(bench, 'packed')
    await good(bench.helm('package', '-u', theirs, '-d', 'packed/helm'))
    await good(bench.chartroom('package', '-u', ours, '-d', 'packed/chartroom'))
    expect(await readFile(join(ours, 'Chart.digests.yaml'), 'utf8')).toContain('name: common')
    const [a, b] = await Promise.all([tarList('packed/helm'), tarList('packed/chartroom')])
    expect(b).toEqual(a)
    expect(b).toContain('umbrella/charts/common/Chart.yaml')
    expect(b).not.toContain('umbrella/Chart.digests.yaml')
    expect(await good(bench.helm('template', 'packed/chartroom/umbrella-1.0.0.tgz'))).toContain(
      'kind: ConfigMap',
    )
  })
})

async function tarList(folder: string): Promise<string[]> {
  const bytes = await readFile(join(bench.home.folder, folder, 'umbrella-1.0.0.tgz'))
  return readArchive(new Uint8Array(bytes), nodePorts)
    .map(({ name }) => name)
    .sort()
}

function digestOf(team: string): string {
  const [required, locked] = ['^1', '1.0.0'].map((version) => [{ name: 'common', version, repository: team }])
  return `sha256:${sha256(JSON.stringify([required, locked]))}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
