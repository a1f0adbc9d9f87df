import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IndexEntry } from '@chartroom/repository'
import { parseIndex } from '@chartroom/repository'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../peers/peers.ts'
import type { Home } from '../workspace.ts'
import { ensureBuilt, run, temporaryHome, writeChart } from '../workspace.ts'
import type { Project } from './project.ts'
import { createProject, refuseTestValues } from './project.ts'

const name = 'package-helm-chart.sh'
const url = 'https://example.com/app/helm-charts'
const yaml = `destinations:\n  - to: oci://registry.example.com/me/charts\n  - to: ./docs/helm-charts\n    repoUrl: ${url}\n`

let home: Home
let count = 0

interface Packaging extends Project {
  readonly output: string
  readonly site: string
}

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})

afterAll(() => home?.remove())

async function project(): Promise<Packaging> {
  count += 1
  const created = await createProject(home, { name: `project ${count}`, yaml })
  const output = join(created.folder, 'deployments', 'helm', 'packages')
  return { ...created, output, site: join(created.folder, 'docs', 'helm-charts') }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function entriesOf(folder: string): Promise<readonly IndexEntry[]> {
  return parseIndex(await readFile(join(folder, 'index.yaml'), 'utf8')).entries.get('hypersdk') ?? []
}

describe('package-helm-chart.sh', () => {
  it('S58 packs the chart into deployments/helm/packages and says where and with which digest', async () => {
    const { script, output } = await project()
    const { code, stdout } = await script(name)
    expect(code).toBe(0)
    const archive = join(output, 'hypersdk-0.2.0.tgz')
    expect(stdout).toContain(`Package: ${archive}\n`)
    expect(stdout).toContain(`sha256:${digestOf(await readFile(archive))}`)
    expect(existsSync(join(output, 'index.yaml'))).toBe(false)
  })

  it('S58 packs the same bytes again', async () => {
    const { script, output } = await project()
    await script(name)
    const first = await readFile(join(output, 'hypersdk-0.2.0.tgz'))
    await script(name)
    expect(digestOf(await readFile(join(output, 'hypersdk-0.2.0.tgz')))).toBe(digestOf(first))
  })

  it.each([
    ['--output', (dir: string) => ({ args: ['--output', dir], env: {} })],
    ['-o', (dir: string) => ({ args: ['-o', dir], env: {} })],
    ['OUTPUT_DIR', (dir: string) => ({ args: [], env: { OUTPUT_DIR: dir } })],
  ])('S58 %s names the output folder', async (_, how) => {
    const { script } = await project()
    const dir = join(home.folder, `out put ${count}`)
    const { args, env } = how(dir)
    expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    expect(existsSync(join(dir, 'hypersdk-0.2.0.tgz'))).toBe(true)
  })

  it.each([
    ['--chart', (path: string) => ({ args: ['--chart', path], env: {} })],
    ['-c', (path: string) => ({ args: ['-c', path], env: {} })],
    ['CHART_PATH', (path: string) => ({ args: [], env: { CHART_PATH: path } })],
  ])('S58 %s names the chart folder', async (_, how) => {
    const { script, output } = await project()
    const other = join(home.folder, `other chart ${count}`)
    await writeChart(other, { name: 'other', version: '1.0.0' })
    const { args, env } = how(other)
    expect(await script(name, args, { env })).toMatchObject({ code: 0 })
    expect(existsSync(join(output, 'other-1.0.0.tgz'))).toBe(true)
  })

  it.each([
    ['--version', { args: ['--version', '0.3.0'], env: {} }],
    ['-v', { args: ['-v', '0.3.0'], env: {} }],
    ['OVERRIDE_VERSION', { args: [], env: { OVERRIDE_VERSION: '0.3.0' } }],
  ])('S58 %s sets the version alone and edits no file', async (_, { args, env }) => {
    const { script, chart, output } = await project()
    const before = await readFile(join(chart, 'Chart.yaml'), 'utf8')
    expect(await script(name, [...args, '-u'], { env })).toMatchObject({ code: 0 })
    expect(await readFile(join(chart, 'Chart.yaml'), 'utf8')).toBe(before)
    expect(await entriesOf(output)).toEqual([
      expect.objectContaining({ version: '0.3.0', metadata: expect.objectContaining({ appVersion: '9.9' }) }),
    ])
  })

  it.each(['--update-index', '-u'])(
    'S58 %s indexes the output folder under the address of chartroom.yaml',
    async (flag) => {
      const { script, output } = await project()
      expect(await script(name, [flag])).toMatchObject({ code: 0 })
      expect(await entriesOf(output)).toEqual([
        expect.objectContaining({ urls: [`${url}/hypersdk-0.2.0.tgz`] }),
      ])
    },
  )

  it.each([
    ['--repo-url', { args: ['--repo-url', 'https://other.example/x/'], env: {} }],
    ['-r', { args: ['-r', 'https://other.example/x'], env: {} }],
    ['REPO_URL', { args: [], env: { REPO_URL: 'https://other.example/x' } }],
  ])('S58 %s is the address in index and page', async (_, { args, env }) => {
    const { script, output, site } = await project()
    expect(await script(name, [...args, '--publish'], { env })).toMatchObject({ code: 0 })
    const urls = ['https://other.example/x/hypersdk-0.2.0.tgz']
    expect(await entriesOf(output)).toEqual([expect.objectContaining({ urls })])
    expect(await entriesOf(site)).toEqual([expect.objectContaining({ urls })])
    expect(await readFile(join(site, 'index.html'), 'utf8')).toContain(
      'helm repo add hypersdk https://other.example/x\n',
    )
  })

  it.each([
    ['--skip-lint', { args: ['--skip-lint'], env: {} }],
    ['SKIP_LINT', { args: [], env: { SKIP_LINT: '1' } }],
  ])('S58 %s packs what lint refuses', async (_, { args, env }) => {
    const { script, chart, output } = await project()
    await writeFile(join(chart, 'values.schema.json'), '{"type":"object","required":["absent"]}')
    expect(await script(name)).toMatchObject({ code: 8, stdout: '' })
    expect(existsSync(join(output, 'hypersdk-0.2.0.tgz'))).toBe(false)
    expect(await script(name, [...args, '--publish'], { env })).toMatchObject({ code: 0 })
  })

  it.each([
    ['--skip-test', { args: ['--skip-test'], env: {} }],
    ['SKIP_TEST', { args: [], env: { SKIP_TEST: 'true' } }],
  ])('S58 %s packs what the test values in ci refuse', async (_, { args, env }) => {
    const { script, chart, output } = await project()
    await refuseTestValues(chart)
    expect(await script(name)).toMatchObject({ code: 8, stdout: '' })
    expect(existsSync(join(output, 'hypersdk-0.2.0.tgz'))).toBe(false)
    expect(await script(name, [...args, '--publish'], { env })).toMatchObject({ code: 0 })
  })

  it('S58 a failed packaging ends the run before the index, also with an older archive at hand', async () => {
    const { script, chart, output } = await project()
    await mkdir(output, { recursive: true })
    await writeFile(join(output, 'hypersdk-0.2.0.tgz'), 'older')
    await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: hypersdk\nversion: [broken\n')
    const ended = await script(name, ['--publish', '--skip-lint'])
    expect(ended.code).toBeGreaterThan(0)
    expect(ended.stdout).toBe('')
    expect(existsSync(join(output, 'index.yaml'))).toBe(false)
  })
})

describe('package-helm-chart.sh --publish', () => {
  it.each(['--publish', '-p'])(
    'S58 %s fills the folder of chartroom.yaml with archive, index and page',
    async (flag) => {
      const { script, site } = await project()
      expect(await script(name, [flag])).toMatchObject({ code: 0 })
      const archive = await readFile(join(site, 'hypersdk-0.2.0.tgz'))
      expect(await entriesOf(site)).toEqual([
        expect.objectContaining({
          digest: digestOf(archive),
          urls: [`${url}/hypersdk-0.2.0.tgz`],
          version: '0.2.0',
        }),
      ])
      const page = await readFile(join(site, 'index.html'), 'utf8')
      expect(page).toContain(`helm repo add hypersdk ${url}\n`)
      expect(page).toContain('oci://registry.example.com/me/charts/hypersdk --version 0.2.0')
      expect(page).toContain(`<a href="${url}/hypersdk-0.2.0.tgz">`)
      expect(page).toContain("<p>It's a chart &amp; more</p>")
      expect(page).not.toMatch(/ssahani|aadpodidbinding/)
    },
  )

  it('S58 the page has the whole of a long description, the home page and the day', async () => {
    const { script, chart, site } = await project()
    const words = 'Long enough to be folded over two lines, with "quotes", <tags> and a \\ besides'
    await writeFile(
      join(chart, 'Chart.yaml'),
      `apiVersion: v2\nname: hypersdk\nversion: 0.2.0\nhome: https://example.com/?a=1&b=2\ndescription: ${JSON.stringify(`${words}. ${words}.`)}\n`,
    )
    expect(await script(name, ['--publish'])).toMatchObject({ code: 0 })
    const page = await readFile(join(site, 'index.html'), 'utf8')
    const escaped = words.replaceAll('"', '&quot;').replace('<tags>', '&lt;tags&gt;')
    expect(page).toContain(`<p>${escaped}. ${escaped}.</p>`)
    expect(page).toContain('<a href="https://example.com/?a=1&amp;b=2">')
    const [entry] = await entriesOf(site)
    expect(page).toContain(`<td>0.2.0</td><td></td><td>${entry?.created?.slice(0, 10)}</td>`)
  })

  it('S58 changes nothing when nothing changed', async () => {
    const { script, site } = await project()
    await script(name, ['--publish'])
    const before = await entriesOf(site)
    const index = await stat(join(site, 'index.yaml'))
    await new Promise((done) => setTimeout(done, 1100))
    const again = await script(name, ['--publish'])
    expect(again).toMatchObject({ code: 0 })
    expect(again.stdout).toContain('unchanged')
    expect(await entriesOf(site)).toEqual(before)
    expect((await stat(join(site, 'index.yaml'))).mtimeMs).toBe(index.mtimeMs)
  })

  it('S58 keeps old versions with their dates, newest first, in index and page', async () => {
    const { script, site, output } = await project()
    await script(name, ['--publish'])
    const [old] = await entriesOf(site)
    await new Promise((done) => setTimeout(done, 1100))
    expect(await script(name, ['--publish', '--version', '0.10.0'])).toMatchObject({ code: 0 })
    for (const folder of [site, output]) {
      const entries = await entriesOf(folder)
      expect(entries.map(({ version }) => version)).toEqual(['0.10.0', '0.2.0'])
      expect(entries[1]).toEqual(folder === site ? old : expect.objectContaining({ digest: old?.digest }))
    }
    const page = await readFile(join(site, 'index.html'), 'utf8')
    expect(
      [...page.matchAll(/^<tr><td>hypersdk<\/td><td>([\d.]+)<\/td><td>9\.9<\/td>/gm)].map(
        (match) => match[1],
      ),
    ).toEqual(['0.10.0', '0.2.0'])
  })

  it('S58 refuses other content under a published version and, with --force, replaces it', async () => {
    const { script, chart, site } = await project()
    await script(name, ['--publish'])
    const before = await readFile(join(site, 'hypersdk-0.2.0.tgz'))
    await writeFile(join(chart, 'values.yaml'), 'note: other\n')
    expect(await script(name, ['--publish'])).toMatchObject({ code: 5 })
    expect(digestOf(await readFile(join(site, 'hypersdk-0.2.0.tgz')))).toBe(digestOf(before))
    expect(await script(name, ['--publish', '--force'])).toMatchObject({ code: 0 })
    expect(digestOf(await readFile(join(site, 'hypersdk-0.2.0.tgz')))).not.toBe(digestOf(before))
  })
})

describe('package-helm-chart.sh --sign', async () => {
  const gpg = await run('gpg', ['--version']).then(
    () => true,
    () => false,
  )

  it.skipIf(!gpg).each([
    ['--sign', ['--sign'], {}],
    ['-s', ['-s'], {}],
    ['SIGN_CHART', [], { SIGN_CHART: 'true' }],
  ])(
    'S58 %s writes a provenance file that gpg verifies, with the key of GPG_KEYRING',
    async (_, args, extra) => {
      const { script, output } = await project()
      const keys = await createKey()
      const env = { GPG_KEY: 'chart@example.com', GPG_KEYRING: keys.file, ...extra }
      expect(await script(name, args, { env })).toMatchObject({ code: 0 })
      const archive = join(output, 'hypersdk-0.2.0.tgz')
      const provenance = await readFile(`${archive}.prov`, 'utf8')
      expect(provenance).toContain(
        `\n...\nfiles:\n  hypersdk-0.2.0.tgz: sha256:${digestOf(await readFile(archive))}\n`,
      )
      expect(await run('gpg', ['--homedir', keys.folder, '--verify', `${archive}.prov`])).toMatchObject({
        code: 0,
      })
      const helm = peer('helm-4.2.4')
      if (helm === undefined) return
      const verified = await run(helm, ['verify', archive, '--keyring', keys.file])
      expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('Chart Hash Verified') })
    },
  )

  it('S58 a provenance file of other content is not kept', async () => {
    const { script, output } = await project()
    await mkdir(output, { recursive: true })
    await writeFile(join(output, 'hypersdk-0.2.0.tgz.prov'), 'files:\n  hypersdk-0.2.0.tgz: sha256:00\n')
    expect(await script(name)).toMatchObject({ code: 0 })
    expect(existsSync(join(output, 'hypersdk-0.2.0.tgz.prov'))).toBe(false)
  })

  it('S58 a key that is not there ends the run', async () => {
    const { script } = await project()
    expect(await script(name, ['--sign'], { env: { GPG_KEYRING: '/nowhere/keys' } })).toMatchObject({
      code: gpg ? 4 : 1,
    })
  })
})

/** A throwaway key without passphrase, exported to a file as helm's --keyring takes it. */
async function createKey(): Promise<{ folder: string; file: string }> {
  // gpg's agent has a socket in the folder, whose path must be short.
  const folder = join(home.folder, `k${count}`)
  await mkdir(folder, { mode: 0o700 })
  const common = ['--homedir', folder, '--batch', '--pinentry-mode', 'loopback', '--passphrase', '']
  await run('gpg', [...common, '--quick-gen-key', 'Chart <chart@example.com>', 'rsa2048', 'sign', 'never'])
  const file = join(home.folder, `keys-${count}.gpg`)
  await run('gpg', [...common, '--output', file, '--export-secret-keys'])
  return { folder, file }
}
