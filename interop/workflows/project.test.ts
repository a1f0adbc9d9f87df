import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { needProgram } from '../peers/peers.ts'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from '../workspace.ts'
import { runPipeline } from './gitlab-pipeline.ts'
import { packageEnv, packageSite, packedProgram } from './package-site.ts'
import { secretsShown } from './runner.ts'
import type { Town } from './town.ts'
import { openTown } from './town.ts'

let town: Town
let home: Home
let registry: Served

beforeAll(async () => {
  await ensureBuilt()
  town = await openTown({ sites: [await packageSite()], env: { ...packageEnv, NO_PROXY: '127.0.0.1' } })
  home = await temporaryHome()
  registry = await serve(home)
  await writeChart(join(town.work, 'helm', 'one'), { name: 'one', version: '1.0.0' })
  await writeChart(join(town.work, 'helm', 'two'), { name: 'two', version: '2.0.0' })
  await town.write(
    'chartroom.yaml',
    `charts: ['helm/*']\ndestinations:\n  - to: oci://${registry.host}/charts\n    tags: [latest]\n`,
  )
  for (const flag of ['--github', '--gitlab']) {
    const made = await run(process.execPath, [program, 'init', 'ci', flag], { cwd: town.work, env: town.env })
    expect(made.code, made.stderr).toBe(0)
  }
  await town.commit('first')
})

afterAll(async () => {
  await registry?.close()
  await home?.remove()
  await town?.close()
})

async function tagsOf(name: string): Promise<string[]> {
  const answer = await fetch(`${registry.url}/v2/charts/${name}/tags/list`)
  return ((await answer.json()) as { tags: string[] }).tags
}

it('the pipeline for GitHub publishes all charts of chartroom.yaml where that says, on the tag of one of them', async () => {
  needProgram('gh')
  const result = await town.run('chart.yml', await town.tag('chart-v2.0.0'))
  expect(result.conclusion, result.log).toBe('success')
  expect(secretsShown(result)).toEqual([])
  expect([await tagsOf('one'), await tagsOf('two')]).toEqual([
    ['1.0.0', 'latest'],
    ['2.0.0', 'latest'],
  ])
  const assets = town.github.store.published('chart-v2.0.0')?.assets.map(({ name }) => name)
  expect(assets).toEqual(['one-1.0.0.tgz', 'two-2.0.0.tgz'])
})

it('the pipeline for GitLab does the same, and finds it unchanged', async () => {
  const { sha } = await town.tag('chart-v1.0.0')
  const results = await runPipeline(
    { remote: town.remote, folder: town.folder, env: town.env },
    {
      text: await town.read('.gitlab-ci.yml'),
      sha,
      variables: { CI_COMMIT_TAG: 'chart-v1.0.0', CI_PIPELINE_SOURCE: 'push' },
    },
  )
  expect(results.map(({ name, code }) => [name, code])).toEqual([
    ['publish', 0],
    ['release', 0],
  ])
  expect(results[0]?.log.match(/unchanged/g)).toHaveLength(2)
})

it('an archive in the repository is taken instead of a package, and no registry of packages is asked for it', async () => {
  await writeFile(join(town.work, 'chartroom.tgz'), (await packedProgram()).bytes)
  const text = await town.read('.gitlab-ci.yml')
  await town.write('.gitlab-ci.yml', text.replace(/CHARTROOM: .*/, 'CHARTROOM: ./chartroom.tgz'))
  const sha = await town.commit('archive')
  town.vendors.network.clear()
  const results = await runPipeline(
    { remote: town.remote, folder: town.folder, env: town.env },
    {
      text: await town.read('.gitlab-ci.yml'),
      sha,
      variables: { CI_COMMIT_TAG: 'chart-v1.0.0', CI_PIPELINE_SOURCE: 'push' },
    },
  )
  expect(results[0]?.code, results[0]?.log).toBe(0)
  expect(town.vendors.network.lines().filter((line) => line.includes('example.com/chartroom'))).toEqual([])
})
