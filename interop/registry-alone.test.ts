import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cp, readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseYaml } from '@chartroom/go'
import { parseIndex } from '@chartroom/repository'
import { recordingProxy } from '@chartroom/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ChartsOutput } from './clients/clients.ts'
import { chartroom, chartroomJson, helms, plainHttp, runPeer, sha256Of } from './clients/clients.ts'
import { peer } from './peers/peers.ts'
import type { OtherRegistry } from './registries.ts'
import { startDistribution } from './registries.ts'
import type { Home } from './workspace.ts'
import { ensureBuilt, temporaryHome, workspace, writeChart } from './workspace.ts'

const source = join(workspace, 'deployments', 'helm', 'hypersdk')

let home: Home
let registry: OtherRegistry
let count = 0

/** A registry path that nothing was pushed to. */
function fresh(host = registry.host): string {
  count += 1
  return `oci://${host}/n${count}`
}

async function folderOf(name: string, versions: readonly string[]): Promise<string[]> {
  const folders = versions.map((version) => `${name}-${version}`)
  for (const [i, version] of versions.entries())
    await writeChart(join(home.folder, folders[i] ?? ''), { name, version })
  return folders
}

/** Any web server: this one knows no more than a name and a file. */
async function serveFolder(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    readFile(join(folder, basename(request.url ?? ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe.skipIf(peer('registry-3.1.1') === undefined)(
  'with distribution, and nothing of ours running',
  () => {
    beforeAll(async () => {
      await ensureBuilt()
      home = await temporaryHome()
      registry = await startDistribution()
      await cp(source, join(home.folder, 'hypersdk'), { recursive: true })
    })

    afterAll(async () => {
      await registry?.close()
      await home?.remove()
    })

    it('S1a publishes, lists, shows, copies, tags and pulls', async () => {
      const at = fresh()
      const { charts } = await chartroomJson<ChartsOutput>(['publish', 'hypersdk', '--to', at], home)
      const listed = await chartroomJson<{ charts: { name: string }[] }>(['charts', at], home)
      expect(listed.charts.map(({ name }) => name)).toEqual(['hypersdk'])
      const shown = await chartroom(['show', 'chart', `${at}/hypersdk`], home)
      expect(shown.stdout).toContain('name: hypersdk')
      await chartroomJson(['tag', `${at}/hypersdk:0.2.0`, 'latest'], home)
      await chartroomJson(['copy', `${at}/hypersdk`, `${at}-mirror/hypersdk`, '--all-tags'], home)
      const versions = await chartroomJson<{ versions: { version: string; digest: string }[] }>(
        ['versions', `${at}-mirror/hypersdk`],
        home,
      )
      expect(versions.versions).toMatchObject([{ version: '0.2.0', digest: charts[0]?.digest }])
      const pulled = await chartroomJson<ChartsOutput>(
        ['pull', `${at}-mirror/hypersdk:latest`, '-d', 'alone'],
        home,
      )
      expect(pulled.charts[0]?.digest).toBe(charts[0]?.digest)
    })

    it('S1f uploads no layer for a second tag, an unchanged chart or a second repository', async () => {
      await writeChart(join(home.folder, 'once'), { name: 'once', version: '1.0.0' })
      const proxy = await recordingProxy(registry.host)
      const at = fresh(proxy.host)
      const publish = (...args: string[]): Promise<unknown> =>
        chartroomJson(['publish', 'once', ...args], home).then(() => proxy.requests.length)
      await publish('--to', at)
      // The layer and the config.
      expect(proxy.blobUploads()).toHaveLength(2)
      proxy.clear()
      await publish('--to', at, '--tag', 'latest')
      await publish('--to', at)
      expect(proxy.blobUploads()).toEqual([])
      proxy.clear()
      await publish('--to', `${at}-second`)
      expect(proxy.blobUploads()).toEqual([])
      expect(proxy.requests.filter((line) => /^POST .*mount=.*from=/.test(line))).toHaveLength(2)
      const pulled = await chartroomJson<ChartsOutput>(['pull', `${at}-second/once`, '-d', 'second'], home)
      expect(pulled.charts).toHaveLength(1)
    })

    it('S5 gives back the file name and the bytes that were pushed', async () => {
      const at = fresh()
      const packed = await chartroomJson<ChartsOutput>(['package', 'hypersdk', '-d', 'packed'], home)
      const path = packed.charts[0]?.path ?? ''
      await chartroomJson(['push', path, at], home)
      await chartroomJson(['pull', `${at}/hypersdk`, '--version', '0.2.0', '-d', 'fetched'], home)
      expect(await readdir(join(home.folder, 'fetched'))).toEqual(['hypersdk-0.2.0.tgz'])
      expect(await sha256Of(join(home.folder, 'fetched', 'hypersdk-0.2.0.tgz'))).toBe(await sha256Of(path))
    })

    it('S6 unpacks below hypersdk/ what the chart folder has, and its values are YAML', async () => {
      const at = fresh()
      await chartroomJson(['publish', 'hypersdk', '--to', at], home)
      await chartroomJson(['pull', `${at}/hypersdk`, '--untar', '-d', 'unpacked'], home)
      const out = join(home.folder, 'unpacked')
      expect(await readdir(out)).toEqual(['hypersdk'])
      const files = await readdir(join(out, 'hypersdk'), { recursive: true })
      expect(files).toEqual(
        expect.arrayContaining(['Chart.yaml', 'values.yaml', 'templates/deployment.yaml']),
      )
      const values = await readFile(join(out, 'hypersdk', 'values.yaml'), 'utf8')
      expect(values).toBe(await readFile(join(source, 'values.yaml'), 'utf8'))
      expect(parseYaml(values)).toMatchObject({ replicaCount: 1 })
    })

    it('S10 packages twice to the same bytes, and pushes the archive apart', async () => {
      const [one, two] = await Promise.all(
        ['one', 'two'].map(async (folder) => {
          const { charts } = await chartroomJson<ChartsOutput>(['package', 'hypersdk', '-d', folder], home)
          return charts[0]?.path ?? ''
        }),
      )
      expect(await sha256Of(one ?? '')).toBe(await sha256Of(two ?? ''))
      const at = fresh()
      const actions: (string | undefined)[] = []
      for (const path of [one ?? '', two ?? '']) {
        const { charts } = await chartroomJson<ChartsOutput>(['push', path, at], home)
        actions.push(charts[0]?.destinations[0]?.action)
      }
      expect(actions).toEqual(['create', 'unchanged'])
    })

    it('S29e lists the same versions over pages of tags and from index.yaml, by precedence', async () => {
      // Pages of two, and in them the order of letters: 0.10.0 before 0.9.0.
      const paged = await recordingProxy(registry.host, (path) =>
        path.replace(/tags\/list$/, 'tags/list?n=2'),
      )
      const versions = ['0.9.0', '0.10.0', '1.0.0-rc.1', '1.0.0', '1.0.0+b2', '0.2.0', '10.0.0']
      const folders = await folderOf('many', versions)
      const at = fresh(paged.host)
      await chartroomJson(['publish', ...folders, '--to', at, '--to', 'many-site'], home)
      paged.clear()
      type Listed = { versions: { version: string; digest: string }[] }
      const oci = await chartroomJson<Listed>(['versions', `${at}/many`], home)
      expect(paged.requests.filter((line) => line.includes('/tags/list')).length).toBeGreaterThan(3)
      const url = await serveFolder(join(home.folder, 'many-site'))
      const classic = await chartroomJson<Listed>(['versions', 'many', '--repo', url], home)
      const pairs = ({ versions: list }: Listed): string[] =>
        list.map(({ version, digest }) => `${version} ${digest}`)
      expect(pairs(oci).sort()).toEqual(pairs(classic).sort())
      const order = oci.versions.map(({ version }) => version)
      expect(order.filter((version) => version !== '1.0.0+b2')).toEqual([
        '10.0.0',
        '1.0.0',
        '1.0.0-rc.1',
        '0.10.0',
        '0.9.0',
        '0.2.0',
      ])
    })

    it('S31 publishes to it and to a web folder in one go with one digest, and says which one failed', async () => {
      await writeChart(join(home.folder, 'both'), { name: 'both', version: '1.0.0' })
      const at = fresh()
      const args = ['publish', 'both', '--to', at, '--to', 'both-site']
      const broken = await chartroom([...args, '--to', 'oci://127.0.0.1:1/x', '-o', 'json'], home)
      expect(broken.code).toBe(9)
      const { charts: tried } = JSON.parse(broken.stdout) as {
        charts: { destinations: { status: string }[] }[]
      }
      expect(tried[0]?.destinations.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'failed'])
      const { charts } = await chartroomJson<ChartsOutput>(args, home)
      const url = await serveFolder(join(home.folder, 'both-site'))
      const fromRegistry = await chartroomJson<ChartsOutput>(['pull', `${at}/both`, '-d', 'b1'], home)
      const fromWeb = await chartroomJson<ChartsOutput>(['pull', 'both', '--repo', url, '-d', 'b2'], home)
      const digests = [charts, fromRegistry.charts, fromWeb.charts].map(([chart]) => chart?.digest)
      expect(new Set(digests).size).toBe(1)
    })

    it('S41 takes semantic versions as tags, + as _, and refuses what is none', async () => {
      const folders = await folderOf('tagged', ['1.2.3', '1.2.3-rc.1+build.7'])
      const at = fresh()
      await chartroomJson(['publish', ...folders, '--to', at], home)
      const answer = await fetch(`http://${at.slice('oci://'.length).replace('/', '/v2/')}/tagged/tags/list`)
      expect(await answer.json()).toMatchObject({ tags: ['1.2.3', '1.2.3-rc.1_build.7'] })
      const [bad = ''] = await folderOf('tagged', ['1.2.x'])
      const refused = await chartroom(['publish', bad, '--to', at], home)
      expect([refused.code, refused.stderr]).toEqual([8, expect.stringContaining('1.2.x')])
    })

    it.each(helms)('S52 %s renders what was fetched as it renders the folder', async (helm) => {
      const at = fresh()
      await chartroomJson(['publish', 'hypersdk', '--to', at], home)
      await chartroomJson(['pull', `${at}/hypersdk`, '-d', `rendered-${helm}`], home)
      const render = async (...chart: string[]): Promise<string> =>
        // helm 4 says here what it pulled.
        (await runPeer(helm, ['template', 'x', ...chart], home)).stdout.replace(
          /^(Pulled|Digest): .*\n/gm,
          '',
        )
      const local = await render('hypersdk')
      expect(local).toContain('kind: Deployment')
      expect(await render(`rendered-${helm}/hypersdk-0.2.0.tgz`)).toBe(local)
      expect(await render(`${at}/hypersdk`, '--version', '0.2.0', ...plainHttp(helm))).toBe(local)
    })

    it('S50 a web folder that publish fills is added, updated, searched and rendered from by helm', async () => {
      await chartroomJson(['publish', 'hypersdk', '--to', 'web'], home)
      const url = await serveFolder(join(home.folder, 'web'))
      const index = parseIndex(await readFile(join(home.folder, 'web', 'index.yaml'), 'utf8'))
      expect(index.warnings).toEqual([])
      for (const helm of helms) {
        await runPeer(helm, ['repo', 'add', 'web', url], home)
        await runPeer(helm, ['repo', 'update'], home)
        expect((await runPeer(helm, ['search', 'repo', 'web/'], home)).stdout).toMatch(
          /web\/hypersdk\s+0\.2\.0/,
        )
        expect((await runPeer(helm, ['template', 'x', 'web/hypersdk'], home)).stdout).toBe(
          (await runPeer(helm, ['template', 'x', 'hypersdk'], home)).stdout,
        )
      }
    })
  },
)
