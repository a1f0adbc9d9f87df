import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needPeer, peer } from '../peers/peers.ts'
import type { OtherRegistry } from '../registries.ts'
import { startDistribution } from '../registries.ts'
import type { Home } from '../workspace.ts'
import { ensureBuilt, serve, temporaryHome, writeChart } from '../workspace.ts'
import type { ChartsOutput } from './clients.ts'
import { archiveIn, chartroomJson, helms, plainHttp, runPeer, runSkopeo, sha256Of } from './clients.ts'

let home: Home
let digest: string
let manifestDigest: string
const registries: Record<string, OtherRegistry> = {}
let classic: string

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  const ours = await serve(home)
  registries['chartroom'] = ours
  classic = `${ours.url}/helm/charts`
  if (peer('registry-3.1.1') !== undefined) registries['distribution'] = await startDistribution()
  await writeChart(join(home.folder, 'app'), { name: 'app', version: '1.2.3' })
  for (const { host } of Object.values(registries)) {
    const { charts } = await chartroomJson<ChartsOutput>(
      ['publish', 'app', '--to', `oci://${host}/charts`],
      home,
    )
    digest = charts[0]?.digest ?? ''
    manifestDigest = charts[0]?.destinations[0]?.manifestDigest ?? ''
  }
})

afterAll(async () => {
  for (const registry of Object.values(registries)) await registry.close()
  await home.remove()
})

function hostOf(name: string): string {
  const registry = registries[name]
  if (registry === undefined) throw new Error(`${name} runs not: ${needPeer('registry-3.1.1')}`)
  return registry.host
}

async function folder(name: string): Promise<string> {
  const path = join(home.folder, name)
  await mkdir(path, { recursive: true })
  return path
}

describe.each(['chartroom', 'distribution'])('what we push to %s', (registry) => {
  it.each(helms)('is pulled by %s with the same bytes', async (helm) => {
    const out = await folder(`pulled-${registry}-${helm}`)
    const reference = `oci://${hostOf(registry)}/charts/app`
    await runPeer(helm, ['pull', reference, '--version', '1.2.3', '-d', out, ...plainHttp(helm)], home)
    expect(await sha256Of(await archiveIn(out))).toBe(digest)
  })

  it.each(helms)('is rendered by %s', async (helm) => {
    const reference = `oci://${hostOf(registry)}/charts/app`
    const { stdout } = await runPeer(
      helm,
      ['template', 'x', reference, '--version', '1.2.3', ...plainHttp(helm)],
      home,
    )
    expect(stdout).toContain('kind: ConfigMap')
  })

  it('is pulled by oras with the same bytes', async () => {
    const out = await folder(`oras-${registry}`)
    await runPeer(
      'oras-1.3.3',
      ['blob', 'fetch', '--plain-http', '-o', join(out, 'a.tgz'), `${hostOf(registry)}/charts/app@${digest}`],
      home,
    )
    expect(await sha256Of(join(out, 'a.tgz'))).toBe(digest)
    const { stdout } = await runPeer(
      'oras-1.3.3',
      ['resolve', '--plain-http', `${hostOf(registry)}/charts/app:1.2.3`],
      home,
    )
    expect(stdout.trim()).toBe(manifestDigest)
  })

  it('is resolved by crane', async () => {
    const { stdout } = await runPeer(
      'crane-0.21.9',
      ['digest', '--insecure', `${hostOf(registry)}/charts/app:1.2.3`],
      home,
    )
    expect(stdout.trim()).toBe(manifestDigest)
  })

  it('is listed and read by regctl', async () => {
    const host = hostOf(registry)
    await runPeer('regctl-0.11.5', ['registry', 'set', '--tls', 'disabled', host], home)
    expect((await runPeer('regctl-0.11.5', ['tag', 'ls', `${host}/charts/app`], home)).stdout.trim()).toBe(
      '1.2.3',
    )
    const { stdout } = await runPeer('regctl-0.11.5', ['manifest', 'head', `${host}/charts/app:1.2.3`], home)
    expect(stdout.trim()).toBe(manifestDigest)
  })

  it('is copied by skopeo into a layout', async () => {
    const out = await folder(`skopeo-${registry}`)
    const source = `docker://${hostOf(registry)}/charts/app:1.2.3`
    await runSkopeo(['copy', '--src-tls-verify=false', source, `oci:${out}:1.2.3`], home)
    expect(await sha256Of(join(out, 'blobs', 'sha256', digest.slice(7)))).toBe(digest)
  })
})

describe('our classic endpoint', () => {
  it.each(helms)('S50 is added, updated, searched, pulled and rendered from by %s', async (helm) => {
    const out = await folder(`classic-${helm}`)
    await runPeer(helm, ['repo', 'add', 'ours', classic], home)
    await runPeer(helm, ['repo', 'update'], home)
    expect((await runPeer(helm, ['search', 'repo', 'app'], home)).stdout).toContain('ours/app')
    await runPeer(helm, ['pull', 'ours/app', '--version', '1.2.3', '-d', out], home)
    expect(await sha256Of(await archiveIn(out))).toBe(digest)
    expect((await runPeer(helm, ['template', 'x', 'ours/app'], home)).stdout).toContain('kind: ConfigMap')
  })

  // helm 3.0 has the oldest reader of an index that is about.
  it.each(['helm-3.0.3', 'helm-3.8.2'] as const)(
    'S51a is open and readable by %s without a login',
    async (helm) => {
      const out = await folder(`old-${helm}`)
      const { stdout } = await runPeer(helm, ['show', 'chart', 'app', '--repo', classic], home)
      expect(stdout).toContain('version: 1.2.3')
      await runPeer(helm, ['pull', 'app', '--repo', classic, '-d', out], home)
      expect(await sha256Of(await archiveIn(out))).toBe(digest)
      const site = await folder(`old-site-${helm}`)
      await chartroomJson<ChartsOutput>(['publish', 'app', '--to', site], home)
      await runPeer(helm, ['repo', 'index', site, '--merge', join(site, 'index.yaml')], home)
      expect(await readFile(join(site, 'index.yaml'), 'utf8')).toContain(digest.slice(7))
    },
  )

  it('answers chartroom with the same bytes', async () => {
    const { charts } = await chartroomJson<ChartsOutput>(
      ['pull', 'app', '--repo', classic, '-d', 'classic-ours'],
      home,
    )
    expect(await sha256Of(charts[0]?.path ?? '')).toBe(digest)
  })
})

describe('a mirror of our registry by regsync', () => {
  it('reads equal', async () => {
    const [from, to] = [hostOf('chartroom'), hostOf('distribution')]
    const config = join(home.folder, 'regsync.yml')
    await writeFile(
      config,
      [
        'version: 1',
        `creds: [{registry: "${from}", tls: disabled}, {registry: "${to}", tls: disabled}]`,
        `sync: [{source: "${from}/charts/app", target: "${to}/mirror/app", type: repository}]`,
        '',
      ].join('\n'),
    )
    await runPeer('regsync-0.11.5', ['once', '-c', config], home)
    const { charts } = await chartroomJson<ChartsOutput>(
      ['pull', `oci://${to}/mirror/app`, '-d', 'mirrored'],
      home,
    )
    expect(charts[0]?.digest).toBe(digest)
  })
})

describe('an index of ours', () => {
  it.each(helms)('of a folder is read by %s', async (helm) => {
    const site = await folder(`site-${helm}`)
    await chartroomJson<ChartsOutput>(['publish', 'app', '--to', site], home)
    expect(await readFile(join(site, 'index.yaml'), 'utf8')).toContain(digest.slice(7))
    const mine = await chartroomJson<ChartsOutput>(['package', 'app', '-d', site], home)
    expect(mine.charts[0]?.digest).toBe(digest)
    const indexed = await runPeer(helm, ['repo', 'index', site, '--merge', join(site, 'index.yaml')], home)
    expect(indexed.code).toBe(0)
    expect(await readFile(join(site, 'index.yaml'), 'utf8')).toContain(digest.slice(7))
  })
})
