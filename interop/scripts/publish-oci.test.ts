import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, run, serve, temporaryHome, workspace, writeChart } from '../workspace.ts'
import type { Project } from './project.ts'
import { createProject, refuseTestValues } from './project.ts'

const name = 'publish-oci.sh'
const manifestType = 'application/vnd.oci.image.manifest.v1+json'

let home: Home
let registry: Served
let count = 0

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  registry = await serve(home)
})

afterAll(async () => {
  await registry?.close()
  await home?.remove()
})

/** A project whose chartroom.yaml names the registry of this test, under a namespace of its own. */
async function project(): Promise<Project & { readonly namespace: string }> {
  count += 1
  const namespace = `owner${count}/charts`
  const yaml = `destinations:\n  - to: oci://${registry.host}/${namespace}\n  - to: ./site\n`
  return { ...(await createProject(home, { name: `project ${count}`, yaml })), namespace }
}

async function manifestDigest(
  repository: string,
  tag: string,
  host = registry.url,
): Promise<string | undefined> {
  const response = await fetch(`${host}/v2/${repository}/manifests/${tag}`, {
    headers: { accept: manifestType },
  })
  const body = Buffer.from(await response.arrayBuffer())
  return response.ok ? `sha256:${createHash('sha256').update(body).digest('hex')}` : undefined
}

describe('publish-oci.sh', () => {
  it('S9 runs with registry and namespace from any folder and prints the digest the registry has', async () => {
    const { script } = await project()
    const ended = await script(name, ['--registry', registry.host, '--namespace', 'myuser/charts'])
    expect(ended).toMatchObject({ code: 0 })
    const digest = await manifestDigest('myuser/charts/hypersdk', '0.2.0')
    expect(digest).toMatch(/^sha256:/)
    expect(ended.stdout).toContain(digest)
    expect(ended.stdout).toContain(
      `helm upgrade --install my-hypersdk oci://${registry.host}/myuser/charts/hypersdk --version 0.2.0`,
    )
  })

  it('S60 takes registry and owner from chartroom.yaml', async () => {
    const { script, namespace } = await project()
    expect(await script(name)).toMatchObject({ code: 0 })
    expect(await manifestDigest(`${namespace}/hypersdk`, '0.2.0')).toMatch(/^sha256:/)
  })

  it('S60 keeps owner and addresses out of scripts and sources', async () => {
    const paths = ['packages/*/src/*', 'packages/*/bin/*', 'deployments/scripts/*', 'tools/*']
    const { stdout } = await run('git', ['grep', '--untracked', '-lI', 'ssahani', '--', ...paths], {
      cwd: workspace,
    })
    expect(stdout.split('\n').filter((path) => path !== '' && !path.endsWith('.test.ts'))).toEqual([])
  })

  it.each([
    ['--chart', (path: string) => ({ args: ['--chart', path] })],
    ['-c', (path: string) => ({ args: ['-c', path] })],
    ['CHART_PATH', (path: string) => ({ env: { CHART_PATH: path } })],
  ])('S57 %s names the chart folder, also one with blanks in its path', async (_, how) => {
    const { script, namespace } = await project()
    const other = join(home.folder, `other chart ${count}`)
    await writeChart(other, { name: 'other', version: '1.0.0' })
    const { args = [], env = {} } = how(other) as { args?: string[]; env?: Record<string, string> }
    expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    expect(await manifestDigest(`${namespace}/other`, '1.0.0')).toMatch(/^sha256:/)
  })

  it('S57 a chart path is relative to the folder one stands in', async () => {
    const { script, folder, namespace } = await project()
    expect(
      await script(name, ['--chart', './hypersdk'], { cwd: join(folder, 'deployments', 'helm') }),
    ).toMatchObject({ code: 0 })
    expect(await manifestDigest(`${namespace}/hypersdk`, '0.2.0')).toMatch(/^sha256:/)
  })

  it.each([
    ['--registry', (host: string) => ({ args: ['--registry', host] })],
    ['-r with a scheme and a slash', (host: string) => ({ args: ['-r', `oci://${host}/`] })],
    ['OCI_REGISTRY', (host: string) => ({ env: { OCI_REGISTRY: host } })],
  ])('S57 %s names the registry', async (_, how) => {
    const { folder, script, namespace } = await project()
    await writeFile(
      join(folder, 'chartroom.yaml'),
      `destinations: [{to: "oci://127.0.0.1:1/${namespace}"}]\n`,
    )
    const { args = [], env = {} } = how(registry.host) as { args?: string[]; env?: Record<string, string> }
    expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    expect(await manifestDigest(`${namespace}/hypersdk`, '0.2.0')).toMatch(/^sha256:/)
  })

  it.each([
    ['--namespace', { args: ['--namespace', 'n1/charts'] }, 'n1/charts'],
    ['-n', { args: ['-n', 'n2/charts/'] }, 'n2/charts'],
    ['OCI_NAMESPACE', { env: { OCI_NAMESPACE: 'n3' } }, 'n3'],
    ['--namespace in upper case', { args: ['--namespace', 'MyOrg/charts'] }, 'myorg/charts'],
  ])(
    'S57 %s names the path',
    async (_, { args, env }: { args?: string[]; env?: Record<string, string> }, path) => {
      const { script } = await project()
      expect(await script(name, args, { env })).toMatchObject({ code: 0 })
      expect(await manifestDigest(`${path}/hypersdk`, '0.2.0')).toMatch(/^sha256:/)
    },
  )

  it.each([
    ['--output', (dir: string) => ({ args: ['--output', dir] })],
    ['-o', (dir: string) => ({ args: ['-o', dir] })],
    ['OUTPUT_DIR', (dir: string) => ({ env: { OUTPUT_DIR: dir } })],
  ])('S57 %s names the folder of the archive', async (_, how) => {
    const { script } = await project()
    const output = join(home.folder, `out put ${count}`)
    const { args = [], env = {} } = how(output) as { args?: string[]; env?: Record<string, string> }
    expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    expect((await readFile(join(output, 'hypersdk-0.2.0.tgz'))).length).toBeGreaterThan(100)
  })

  it('S57 the archive goes to deployments/helm/packages when nothing else is said', async () => {
    const { script, folder } = await project()
    expect(await script(name)).toMatchObject({ code: 0 })
    const archive = join(folder, 'deployments', 'helm', 'packages', 'hypersdk-0.2.0.tgz')
    expect((await readFile(archive)).length).toBeGreaterThan(100)
  })

  it.each([
    ['--version', { args: ['--version', '0.3.0-rc.1+b7'] }],
    ['-v', { args: ['-v', '0.3.0-rc.1+b7'] }],
    ['OVERRIDE_VERSION', { env: { OVERRIDE_VERSION: '0.3.0-rc.1+b7' } }],
  ])(
    'S57 %s sets the version of the chart alone and edits no file',
    async (_, { args, env }: { args?: string[]; env?: Record<string, string> }) => {
      const { script, chart, namespace } = await project()
      const before = await readFile(join(chart, 'Chart.yaml'), 'utf8')
      expect(await script(name, args, { env })).toMatchObject({ code: 0 })
      expect(await readFile(join(chart, 'Chart.yaml'), 'utf8')).toBe(before)
      const manifest = await fetch(`${registry.url}/v2/${namespace}/hypersdk/manifests/0.3.0-rc.1_b7`, {
        headers: { accept: manifestType },
      }).then((response) => response.json() as Promise<{ config: { digest: string } }>)
      const config = await fetch(`${registry.url}/v2/${namespace}/hypersdk/blobs/${manifest.config.digest}`)
      expect(await config.json()).toMatchObject({ version: '0.3.0-rc.1+b7', appVersion: '9.9' })
    },
  )

  it.each([
    ['--tag-latest', { args: ['--tag-latest'] }],
    ['TAG_LATEST', { env: { TAG_LATEST: 'true' } }],
  ])('S57 %s really tags', async (_, { args, env }: { args?: string[]; env?: Record<string, string> }) => {
    const { script, namespace } = await project()
    expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    const version = await manifestDigest(`${namespace}/hypersdk`, '0.2.0')
    expect(version).toMatch(/^sha256:/)
    expect(await manifestDigest(`${namespace}/hypersdk`, 'latest')).toBe(version)
  })

  it.each([
    ['--skip-lint', { args: ['--skip-lint'] }],
    ['SKIP_LINT', { env: { SKIP_LINT: 'true' } }],
  ])(
    'S57 %s publishes what lint refuses',
    async (_, { args, env }: { args?: string[]; env?: Record<string, string> }) => {
      const { script, chart } = await project()
      await writeFile(join(chart, 'values.schema.json'), '{"type":"object","required":["absent"]}')
      const refused = await script(name)
      expect(refused).toMatchObject({ code: 8 })
      expect(refused.stderr).toContain('CHART_INVALID')
      expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    },
  )

  it.each([
    ['--skip-test', { args: ['--skip-test'] }],
    ['SKIP_TEST', { env: { SKIP_TEST: 'true' } }],
  ])(
    'S57 %s publishes what the test values in ci refuse',
    async (_, { args, env }: { args?: string[]; env?: Record<string, string> }) => {
      const { script, chart } = await project()
      await refuseTestValues(chart)
      const refused = await script(name)
      expect(refused).toMatchObject({ code: 8 })
      expect(refused.stderr).toContain('ci/refused-values.yaml')
      expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    },
  )

  it('S57 a second run with equal content sends nothing', async () => {
    const { script } = await project()
    expect((await script(name)).stdout).toContain('created')
    const again = await script(name)
    expect(again).toMatchObject({ code: 0 })
    expect(again.stdout).toContain('unchanged')
  })

  it('S57 other content under a published version is refused and, with --force, replaces it', async () => {
    const { script, chart, namespace } = await project()
    await script(name)
    const first = await manifestDigest(`${namespace}/hypersdk`, '0.2.0')
    await writeFile(join(chart, 'values.yaml'), 'note: other\n')
    const refused = await script(name)
    expect(refused).toMatchObject({ code: 5 })
    expect(refused.stderr).toContain('CONFLICT')
    expect(await manifestDigest(`${namespace}/hypersdk`, '0.2.0')).toBe(first)
    expect(await script(name, ['--force'])).toMatchObject({ code: 0 })
    expect(await manifestDigest(`${namespace}/hypersdk`, '0.2.0')).not.toBe(first)
  })

  it('S57 a failed packaging ends the run, also with an older archive in the output folder', async () => {
    const { script, folder, chart, namespace } = await project()
    const output = join(folder, 'deployments', 'helm', 'packages')
    await mkdir(output, { recursive: true })
    await writeFile(join(output, 'hypersdk-0.2.0.tgz'), 'older')
    await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: hypersdk\nversion: [broken\n')
    const ended = await script(name)
    expect(ended.code).toBeGreaterThan(0)
    expect(ended.stdout).toBe('')
    expect(await manifestDigest(`${namespace}/hypersdk`, '0.2.0')).toBeUndefined()
  })
})
