import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needPeer } from '../peers/peers.ts'
import { program, run, writeChart } from '../workspace.ts'
import type { Trigger } from './machine.ts'
import { openOwnTown, setVersion, version } from './own-town.ts'
import type { WorkflowResult } from './runner.ts'
import { secretsShown } from './runner.ts'
import type { Town } from './town.ts'

const name = 'hypersdk'
const inRegistry = `oci://ghcr.io/myuser/charts/${name}`
const inPages = 'https://myuser.github.io/App/helm-charts'

let town: Town

beforeAll(async () => {
  town = await openOwnTown()
})

afterAll(() => town?.close())

async function release(trigger: Trigger): Promise<WorkflowResult> {
  const result = await town.run('release-chart.yml', trigger)
  expect(secretsShown(result)).toEqual([])
  return result
}

/** The same tag again, as somebody starts it by hand. */
async function again(tag: string): Promise<WorkflowResult> {
  const sha = (await town.git('rev-parse', 'main')).trim()
  return release({ name: 'workflow_dispatch', ref: 'refs/heads/main', sha, inputs: { tag } })
}

function stepOf(result: WorkflowResult, id: string): Readonly<Record<string, string>> {
  return result.jobs[id]?.steps.at(-1)?.outputs ?? {}
}

/** What helm gets, by its digest. */
async function helmDigest(args: readonly string[], wanted: string): Promise<string> {
  const helm = needPeer('helm-4.2.4')
  const ended = await run(helm, ['pull', ...args, '--version', wanted], { cwd: town.folder, env: town.env })
  expect(ended.code, ended.stderr).toBe(0)
  const archive = join(town.folder, `${name}-${wanted}.tgz`)
  const bytes = await readFile(archive)
  await rm(archive)
  return sha256(bytes)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function released(tag: string): { name: string; digest: string }[] {
  const assets = town.github.store.published(tag)?.assets ?? []
  return assets.map((asset) => ({ name: asset.name, digest: sha256(asset.bytes) }))
}

/** Files that a hostile name would have made. */
function traces(): string[] {
  return readdirSync(town.folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => basename(path) === 'pwned',
  )
}

/** Requests that change something in the registry. */
function uploads(): string[] {
  return town.vendors.network.lines('ghcr.io').filter((line) => /^(PUT|POST|PATCH|DELETE) /.test(line))
}

describe('a tag chart-v0.3.0', () => {
  const tag = `chart-v${version}`
  let manifestDigest: string | undefined

  async function remains(): Promise<unknown> {
    return [await town.headOf('gh-pages'), town.github.store.published(tag)?.assets.map(({ id }) => id)]
  }

  it('publishes and releases, and says that nobody can read a package that is new', async () => {
    const first = await release(await town.tag(tag))
    expect(first.jobs['publish']?.result, first.log).toBe('success')
    expect(stepOf(first, 'publish')).toMatchObject({ changed: 'true', reference: `${inRegistry}:${version}` })
    manifestDigest = first.jobs['publish']?.outputs['digest']
    expect(manifestDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(first.jobs['verify']?.result).toBe('failure')
    expect(first.jobs['verify']?.log).toContain('ANONYMOUS_REFUSED')
    expect(first.summary).toContain('public')
  })

  it('S11 a git tag tests, packages, pushes and releases: anybody gets the same digest from the registry, the pages and the release', async () => {
    town.vendors.ghcr.setVisibility(`myuser/charts/${name}`, 'public')
    const before = await remains()
    town.vendors.network.clear()
    const second = await again(tag)
    expect(second.conclusion, second.log).toBe('success')
    expect(second.jobs['verify']?.permissions).toEqual({ contents: 'read' })
    const steps = second.jobs['publish']?.steps.map((one) => [one.name.replace(/^\d+ /, ''), one.conclusion])
    expect(steps).toEqual(
      expect.arrayContaining([
        ['lint', 'success'],
        ['render', 'success'],
        ['publish', 'success'],
      ]),
    )
    const digest = await helmDigest([inRegistry], version)
    expect(await helmDigest([name, '--repo', inPages], version)).toBe(digest)
    expect(released(tag)).toEqual([{ name: `${name}-${version}.tgz`, digest }])
    expect(second.jobs['publish']?.outputs['digest']).toBe(manifestDigest)
    // It was all there: this run changed nothing.
    expect(stepOf(second, 'publish')).toMatchObject({ changed: 'false' })
    expect([uploads(), await remains()]).toEqual([[], before])
  })
})

describe('a release that ends in its middle', () => {
  const tag = 'chart-v0.3.1'

  it('is completed by the next run: a push that git refused', async () => {
    await setVersion(town, '0.3.1')
    await town.commit('0.3.1')
    town.setFault(({ url }) =>
      url.pathname.endsWith('/git-receive-pack') ? { status: 503, body: 'try later' } : undefined,
    )
    const refused = await release(await town.tag(tag))
    town.setFault(undefined)
    expect(refused.conclusion).toBe('failure')
    expect(await town.fileOf('gh-pages', 'helm-charts/index.yaml')).not.toContain('0.3.1')
    expect(released(tag)).toEqual([])
  })

  it('is completed by the next run: a release that GitHub does not take', async () => {
    town.setFault(({ method, url }) =>
      method === 'POST' && url.host === 'uploads.github.com'
        ? { status: 403, body: '{"message": "not now"}' }
        : undefined,
    )
    const broken = await again(tag)
    town.setFault(undefined)
    expect(broken.conclusion).toBe('failure')
    expect(await town.fileOf('gh-pages', 'helm-charts/index.yaml')).toContain('0.3.1')
  })

  it('is completed by the next run, which sends what is missing and no more', async () => {
    const pages = await town.headOf('gh-pages')
    town.vendors.network.clear()
    const completed = await again(tag)
    expect(completed.conclusion, completed.log).toBe('success')
    expect(uploads()).toEqual([])
    expect(await town.headOf('gh-pages')).toBe(pages)
    const digest = await helmDigest([inRegistry], '0.3.1')
    expect(released(tag)).toEqual([{ name: `${name}-0.3.1.tgz`, digest }])
  })
})

describe('a tag that is wrong', () => {
  it('because it is not the version of the chart is refused before anything is uploaded', async () => {
    const pages = await town.headOf('gh-pages')
    town.vendors.network.clear()
    const wrong = await release(await town.tag('chart-v9.9.9'))
    expect(wrong.conclusion).toBe('failure')
    expect(wrong.jobs['publish']?.annotations.join('\n')).toMatch(/error.*9\.9\.9/)
    expect(uploads()).toEqual([])
    expect(await town.headOf('gh-pages')).toBe(pages)
    expect(released('chart-v9.9.9')).toEqual([])
  })

  it.each(['chart-v$(touch${IFS}pwned)', `chart-v0.3.1"||touch\${IFS}pwned||'`])(
    'because it is a command, %s, runs none',
    async (tag) => {
      town.vendors.network.clear()
      const hostile = await release(await town.tag(tag))
      expect(hostile.conclusion).toBe('failure')
      expect([traces(), uploads(), released(tag)]).toEqual([[], [], []])
    },
  )

  it('because somebody typed commands for the runner sets no output, and runs nothing', async () => {
    town.vendors.network.clear()
    const typed = await again('x\n::set-output name=digest::sha256:evil\n$(touch pwned)')
    expect(typed.conclusion).toBe('failure')
    expect(typed.jobs['publish']?.outputs).toEqual({ digest: '', reference: '' })
    expect([traces(), uploads()]).toEqual([[], []])
    expect(existsSync(join(town.work, 'pwned'))).toBe(false)
  })
})

describe('a chart that somebody replaces while it is released', () => {
  it('is found out by the job that pulls it', async () => {
    const sha = (await town.git('rev-parse', 'main')).trim()
    const trigger = {
      name: 'workflow_dispatch',
      ref: 'refs/heads/main',
      sha,
      inputs: { tag: 'chart-v0.3.1' },
    } as const
    const other = join(town.folder, name)
    await writeChart(other, { name, version: '0.3.1', note: 'other' })
    const env = { ...town.env, ...town.vendors.ghcr.accountEnv }
    const publish = ['publish', other, '--to', 'oci://ghcr.io/myuser/charts', '--force']
    const result = await town.run('release-chart.yml', trigger, {
      async beforeJob(job) {
        if (job !== 'verify') return
        const replaced = await run(process.execPath, [program, ...publish], { cwd: town.folder, env })
        expect(replaced.code, replaced.stderr).toBe(0)
      },
    })
    expect(result.jobs['publish']?.result, result.log).toBe('success')
    expect(result.jobs['verify']?.annotations.join('\n')).toMatch(
      /error.*(DIGEST_MISMATCH|VERIFICATION_FAILED)/s,
    )
    expect(result.conclusion).toBe('failure')
  })
})
