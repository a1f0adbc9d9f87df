import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Site } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needPeer, needProgram } from '../peers/peers.ts'
import { ensureBuilt, program, run, writeChart } from '../workspace.ts'
import type { Trigger } from './machine.ts'
import { packageEnv, packageSite } from './package-site.ts'
import { offencesOf } from './rules.ts'
import type { WorkflowResult } from './runner.ts'
import { secretsShown } from './runner.ts'
import type { Town } from './town.ts'
import { openTown } from './town.ts'
import { readWorkflow } from './workflow.ts'

const file = 'chart.yml'

let packages: Site
let town: Town

beforeAll(async () => {
  await ensureBuilt()
  packages = await packageSite()
  town = await openTown({ sites: [packages], env: packageEnv, isPrivate: true })
  await chart('0.3.0')
  const made = await run(process.execPath, [program, 'init', 'ci', '--github'], {
    cwd: town.work,
    env: town.env,
  })
  expect(made.code, made.stderr).toBe(0)
  await town.commit('first')
})

afterAll(() => town?.close())

async function chart(version: string, note = 'none'): Promise<void> {
  await writeChart(join(town.work, 'charts', 'app'), { name: 'app', version, note })
}

async function started(trigger: Trigger): Promise<WorkflowResult> {
  const result = await town.run(file, trigger)
  expect(secretsShown(result)).toEqual([])
  const left = readdirSync(town.folder, { recursive: true, encoding: 'utf8' })
  expect(left.filter((path) => basename(path) === 'pwned')).toEqual([])
  return result
}

async function helmDigest(...args: string[]): Promise<string> {
  const helm = needPeer('helm-4.2.4')
  const ended = await run(helm, ['pull', ...args, '--version', '0.3.0'], { cwd: town.folder, env: town.env })
  expect(ended.code, ended.stderr).toBe(0)
  return sha256(await readFile(join(town.folder, 'app-0.3.0.tgz')))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Requests that change something at GitHub; npm asks for advisories by POST, too. */
function uploads(): string[] {
  return town.vendors.network
    .lines()
    .filter((line) =>
      /^(PUT|PATCH|DELETE|POST) (ghcr|uploads\.github|api\.github\.com\/repos|github.*receive-pack)/.test(
        line,
      ),
    )
}

describe('the workflow that init ci writes for GitHub', () => {
  it('keeps to the rules of our own', async () => {
    const text = await town.read(`.github/workflows/${file}`)
    expect(offencesOf(await readWorkflow(file, text))).toEqual([])
  })

  it('S29g one pipeline for both: a tag publishes to the registry, to the pages and as a release', async () => {
    needProgram('gh')
    const first = await started(await town.tag('chart-v0.3.0'))
    expect(first.conclusion, first.log).toBe('success')
    const [asset, ...more] = town.github.store.published('chart-v0.3.0')?.assets ?? []
    expect([asset?.name, more]).toEqual(['app-0.3.0.tgz', []])
    const digest = sha256(asset?.bytes ?? new Uint8Array())
    town.vendors.ghcr.setVisibility('myuser/charts/app', 'public')
    expect(await helmDigest('oci://ghcr.io/myuser/charts/app')).toBe(digest)
    expect(await helmDigest('app', '--repo', 'https://myuser.github.io/App')).toBe(digest)
  })

  it('sends nothing when the same tag is run again', async () => {
    needProgram('gh')
    const pages = await town.headOf('gh-pages')
    town.vendors.network.clear()
    const again = await started(await town.tag('chart-v0.3.0'))
    expect(again.conclusion, again.log).toBe('success')
    expect(uploads()).toEqual([])
    expect(await town.headOf('gh-pages')).toBe(pages)
  })

  it.each(['chart-v0.9.9', 'chart-v$(touch${IFS}pwned)'])(
    'refuses the tag %s, which is no version of a chart',
    async (tag) => {
      town.vendors.network.clear()
      const wrong = await started(await town.tag(tag))
      expect(wrong.conclusion).toBe('failure')
      expect(wrong.log).toContain('No chart has the version of the tag')
      expect(uploads()).toEqual([])
    },
  )

  it('refuses a pull request that changes a chart and not its version, and shows what changes', async () => {
    await town.git('checkout', '-q', '-b', '$(touch${IFS}pwned)')
    await chart('0.3.0', 'changed')
    await town.commit('changed')
    const refused = await started(await town.pullRequest('$(touch pwned)\n::set-output name=x::y'))
    expect(refused.conclusion).toBe('failure')
    expect(refused.log).toMatch(/app.*0\.3\.0/)
    await chart('0.4.0', 'changed')
    await town.commit('0.4.0')
    const taken = await started(await town.pullRequest('a title'))
    expect(taken.conclusion, taken.log).toBe('success')
    for (const { summary } of [refused, taken]) {
      expect(summary).toMatch(/^\+ .*note: "?changed"?$/m)
      expect(summary).toMatch(/^- .*note: "?none"?$/m)
    }
  })

  it('compares a chart that needs values with those in ci/, and refuses one that cannot be rendered any more', async () => {
    await town.git('checkout', '-q', 'main')
    const needy = (key: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {${key}: {{ required "a host" .Values.host }}}\n`
    const path = 'charts/app/templates/needy.yaml'
    await town.write(path, needy('host'))
    await town.write('charts/app/ci/one-values.yaml', 'host: one\n')
    await chart('0.5.0')
    await town.commit('needs values')
    await town.git('checkout', '-q', '-b', 'values')
    await town.write(path, needy('address'))
    await chart('0.6.0')
    await town.commit('0.6.0')
    const taken = await started(await town.pullRequest('a title'))
    expect(taken.conclusion, taken.log).toBe('success')
    expect(taken.log).toContain('could not be rendered with /dev/null: there is nothing to compare with')
    expect(taken.summary).toMatch(
      /#### charts\/app\/ci\/one-values\.yaml[^]*^-.*host: one\n\+.*address: one$/m,
    )
    await town.write(path, '{{ fail "not so" }}\n')
    await town.commit('broken')
    const broken = await started(await town.pullRequest('a title'))
    expect(broken.conclusion).toBe('failure')
    expect(broken.log).toContain('not so')
  })
})
