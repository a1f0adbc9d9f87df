import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import bcrypt from 'bcryptjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from '../workspace.ts'
import { needPeer } from '../peers/peers.ts'
import type { GitLabPackages } from './gitlab-packages.ts'
import { startGitLabPackages } from './gitlab-packages.ts'
import type { GitLabJobResult, Variables } from './gitlab-pipeline.ts'
import { ruleHolds, runPipeline } from './gitlab-pipeline.ts'
import { packageEnv, packageSite } from './package-site.ts'
import type { Town } from './town.ts'
import { openTown } from './town.ts'

const token = 'glcbt-64_0123456789abcdefghij'

let town: Town
let home: Home
let registry: Served
let packages: GitLabPackages
let text: string

beforeAll(async () => {
  await ensureBuilt()
  town = await openTown({ sites: [await packageSite()], env: { ...packageEnv, NO_PROXY: '127.0.0.1' } })
  home = await temporaryHome()
  const htpasswd = join(home.folder, 'htpasswd')
  await writeFile(htpasswd, `gitlab-ci-token:${await bcrypt.hash(token, 4)}\n`)
  registry = await serve(home, ['--htpasswd', htpasswd])
  packages = await startGitLabPackages({ project: '7', token })
  await chart('0.3.0')
  const made = await run(process.execPath, [program, 'init', 'ci', '--gitlab'], {
    cwd: town.work,
    env: town.env,
  })
  expect(made.code, made.stderr).toBe(0)
  text = await town.read('.gitlab-ci.yml')
  await town.commit('first')
})

afterAll(async () => {
  await registry?.close()
  await packages?.close()
  await home?.remove()
  await town?.close()
})

async function chart(version: string, note = 'none'): Promise<void> {
  await writeChart(join(town.work, 'charts', 'app'), { name: 'app', version, note })
}

async function started(sha: string, variables: Variables): Promise<GitLabJobResult[]> {
  const always = {
    CI_JOB_TOKEN: token,
    CI_REGISTRY_IMAGE: `${registry.host}/group/project`,
    CI_API_V4_URL: packages.apiUrl,
    CI_PROJECT_ID: '7',
  }
  const machine = { remote: town.remote, folder: town.folder, env: town.env }
  const results = await runPipeline(machine, { text, sha, variables: { ...always, ...variables } })
  expect(JSON.stringify(results)).not.toContain(token)
  return results
}

async function tagged(tag: string): Promise<GitLabJobResult[]> {
  const { sha } = await town.tag(tag)
  return started(sha, { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: tag })
}

const outcome = (results: readonly GitLabJobResult[]): [string, number][] =>
  results.map(({ name, code }) => [name, code])

describe('the pipeline that init ci writes for GitLab', () => {
  it('S29g one pipeline for both: a tag publishes to the registry and to the package registry, and releases', async () => {
    const results = await tagged('chart-v0.3.0')
    expect(outcome(results), JSON.stringify(results)).toEqual([
      ['publish', 0],
      ['release', 0],
    ])
    expect(results[1]?.release).toEqual({
      tag_name: 'chart-v0.3.0',
      name: 'chart-v0.3.0',
      description: `Charts of chart-v0.3.0, from ${registry.host}/group/project`,
    })
    const archive = packages.archives.get('app-0.3.0.tgz') ?? Buffer.alloc(0)
    const helm = needPeer('helm-4.2.4')
    const login = ['--username', 'gitlab-ci-token', '--password-stdin', '--plain-http']
    const helmEnv = { ...home.env, HELM_CONFIG_HOME: home.folder }
    await run(helm, ['registry', 'login', registry.host, ...login], { env: helmEnv, input: token })
    const pull = ['pull', `oci://${registry.host}/group/project/app`, '--version', '0.3.0', '--plain-http']
    const pulled = await run(helm, pull, { cwd: home.folder, env: helmEnv })
    expect(pulled.code, pulled.stderr).toBe(0)
    expect(sha256(await readFile(join(home.folder, 'app-0.3.0.tgz')))).toBe(sha256(archive))
  })

  it('sends nothing when the same tag is run again', async () => {
    const before = packages.seen.length
    const results = await tagged('chart-v0.3.0')
    expect(outcome(results)).toEqual([
      ['publish', 0],
      ['release', 0],
    ])
    expect(results[0]?.log).toContain('unchanged')
    expect(packages.seen.slice(before).filter((line) => line.startsWith('POST'))).toEqual([])
  })

  it.each(['chart-v0.9.9', 'chart-v$(touch${IFS}pwned)'])(
    'refuses the tag %s, which is no version of a chart',
    async (tag) => {
      const before = packages.seen.length
      const results = await tagged(tag)
      expect(outcome(results)).toEqual([['publish', 8]])
      expect(packages.seen.length).toBe(before)
    },
  )

  it('refuses a merge request that changes a chart and not its version, and takes it with a new one', async () => {
    const base = (await town.git('rev-parse', 'main')).trim()
    await town.git('checkout', '-q', '-b', 'feature')
    const request = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_DIFF_BASE_SHA: base }
    await chart('0.3.0', 'changed')
    expect(outcome(await started(await town.commit('changed'), request))).toEqual([['check', 8]])
    await chart('0.4.0', 'changed')
    const [taken] = await started(await town.commit('0.4.0'), request)
    expect(taken?.code, taken?.log).toBe(0)
    expect(taken?.log).toMatch(/^\+ .*note: "?changed"?$/m)
  })

  it('does nothing on a branch', async () => {
    expect(
      await started((await town.git('rev-parse', 'main')).trim(), { CI_PIPELINE_SOURCE: 'push' }),
    ).toEqual([])
  })

  it.each([
    ['$CI_COMMIT_TAG =~ /^chart-v/', { CI_COMMIT_TAG: 'chart-v1' }, true],
    ['$CI_COMMIT_TAG =~ /^chart-v/', { CI_COMMIT_TAG: 'v1' }, false],
    ['$CI_COMMIT_TAG =~ /^chart-v/', {}, false],
    ['$CI_PIPELINE_SOURCE == "push"', { CI_PIPELINE_SOURCE: 'push' }, true],
  ])('has rules such as %s, which hold or not', (rule, variables, holds) => {
    expect(ruleHolds(rule, variables as Variables)).toBe(holds)
  })
})

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
