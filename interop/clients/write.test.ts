import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import bcrypt from 'bcryptjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OtherRegistry } from '../registries.ts'
import { startDistribution } from '../registries.ts'
import type { Home } from '../workspace.ts'
import { ensureBuilt, serve, temporaryHome, writeChart } from '../workspace.ts'
import type { ChartsOutput } from './clients.ts'
import { chartroom, chartroomJson, helms, plainHttp, runPeer, runSkopeo, sha256Of } from './clients.ts'

let home: Home
let ours: OtherRegistry

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  ours = await serve(home)
  await writeChart(join(home.folder, 'app'), { name: 'app', version: '1.2.3' })
})

afterAll(async () => {
  await ours.close()
  await home.remove()
})

describe('what others push', () => {
  it.each(helms)('with %s is unchanged to us, and helm makes our manifest of our archive', async (helm) => {
    const at = `oci://${ours.host}/of-${helm}`
    await runPeer(helm, ['package', 'app', '-d', `packed-${helm}`], home)
    await runPeer(helm, ['push', `packed-${helm}/app-1.2.3.tgz`, at, ...plainHttp(helm)], home)
    const { charts } = await chartroomJson<ChartsOutput>(['publish', 'app', '--to', at], home)
    expect(charts[0]?.destinations[0]?.action).toBe('unchanged')
    const versions = await chartroomJson<{ versions: { version: string }[] }>(['versions', `${at}/app`], home)
    expect(versions.versions.map(({ version }) => version)).toEqual(['1.2.3'])
  })

  it('helm 4 makes the digest we make of the same archive', async () => {
    const { charts } = await chartroomJson<ChartsOutput>(['package', 'app', '-d', 'mine'], home)
    const [first] = (
      await chartroomJson<ChartsOutput>(['push', charts[0]?.path ?? '', `oci://${ours.host}/a`], home)
    ).charts
    const pushed = await runPeer(
      'helm-4.2.4',
      ['push', charts[0]?.path ?? '', `oci://${ours.host}/b`, '--plain-http'],
      home,
    )
    expect(`${pushed.stdout}${pushed.stderr}`).toContain(first?.destinations[0]?.manifestDigest)
  })

  it('a provenance file beside the archive travels as its layer, as with helm', async () => {
    const { charts } = await chartroomJson<ChartsOutput>(['package', 'app', '-d', 'signed'], home)
    const archive = charts[0]?.path ?? ''
    await writeFile(`${archive}.prov`, 'signed by somebody\n')
    const [ours_] = (await chartroomJson<ChartsOutput>(['push', archive, `oci://${ours.host}/prov-a`], home))
      .charts
    const pushed = await runPeer(
      'helm-4.2.4',
      ['push', archive, `oci://${ours.host}/prov-b`, '--plain-http'],
      home,
    )
    expect(`${pushed.stdout}${pushed.stderr}`).toContain(ours_?.destinations[0]?.manifestDigest)
    const reference = `oci://${ours.host}/prov-a/app`
    await mkdir(join(home.folder, 'prov-helm'))
    await runPeer('helm-4.2.4', ['pull', reference, '--prov', '-d', 'prov-helm', '--plain-http'], home)
    await chartroomJson(['pull', reference, '--prov', '-d', 'prov-ours'], home)
    await chartroomJson(
      ['pull', 'app', '--repo', `http://${ours.host}/helm/prov-b`, '--prov', '-d', 'prov-web'],
      home,
    )
    for (const folder of ['prov-helm', 'prov-ours', 'prov-web']) {
      const text = await readFile(join(home.folder, folder, 'app-1.2.3.tgz.prov'), 'utf8')
      expect(text).toBe('signed by somebody\n')
    }
  })

  it('with oras is listed, shown and pulled', async () => {
    const { charts } = await chartroomJson<ChartsOutput>(['package', 'app', '-d', 'for-oras'], home)
    await writeFile(join(home.folder, 'config.json'), '{"name":"app","version":"1.2.3","apiVersion":"v2"}')
    const args = [
      'push',
      '--plain-http',
      '--disable-path-validation',
      '--config',
      'config.json:application/vnd.cncf.helm.config.v1+json',
      `${ours.host}/oras/app:1.2.3`,
      `${charts[0]?.path}:application/vnd.cncf.helm.chart.content.v1.tar+gzip`,
    ]
    await runPeer('oras-1.3.3', args, home)
    const pulled = await chartroomJson<ChartsOutput>(
      ['pull', `oci://${ours.host}/oras/app`, '-d', 'from-oras'],
      home,
    )
    expect(pulled.charts[0]?.digest).toBe(charts[0]?.digest)
    const shown = await chartroom(['show', 'chart', `oci://${ours.host}/oras/app`], home)
    expect(shown.stdout).toContain('name: app')
  })

  it('with crane, regctl and skopeo copied in from a layout is pulled', async () => {
    await chartroomJson(['publish', 'app', '--to', `oci://${ours.host}/charts`], home)
    const layout = join(home.folder, 'layout')
    await mkdir(layout, { recursive: true })
    await runSkopeo(
      ['copy', '--src-tls-verify=false', `docker://${ours.host}/charts/app:1.2.3`, `oci:${layout}:1.2.3`],
      home,
    )
    await runSkopeo(
      ['copy', '--dest-tls-verify=false', `oci:${layout}:1.2.3`, `docker://${ours.host}/by-skopeo/app:1.2.3`],
      home,
    )
    await runPeer('regctl-0.11.5', ['registry', 'set', '--tls', 'disabled', ours.host], home)
    await runPeer(
      'regctl-0.11.5',
      ['image', 'copy', `ocidir://${layout}:1.2.3`, `${ours.host}/by-regctl/app:1.2.3`],
      home,
    )
    await runPeer('crane-0.21.9', ['push', '--insecure', layout, `${ours.host}/by-crane/app:1.2.3`], home)
    const { charts: packed } = await chartroomJson<ChartsOutput>(['package', 'app', '-d', 'copied'], home)
    for (const by of ['skopeo', 'regctl', 'crane']) {
      const at = `oci://${ours.host}/by-${by}`
      const listed = await chartroomJson<{ charts: { name: string }[] }>(['charts', at], home)
      expect(listed.charts.map(({ name }) => name)).toEqual(['app'])
      const versions = await chartroomJson<{ versions: { version: string }[] }>(
        ['versions', `${at}/app`],
        home,
      )
      expect(versions.versions.map(({ version }) => version)).toEqual(['1.2.3'])
      expect((await chartroom(['show', 'chart', `${at}/app`], home)).stdout).toContain('name: app')
      const args = ['pull', `${at}/app`, '--version', '1.2.3', '-d', `from-${by}`]
      expect((await chartroomJson<ChartsOutput>(args, home)).charts[0]?.digest).toBe(packed[0]?.digest)
    }
  })

  it('our copy carries all tags to distribution', async () => {
    const other = await startDistribution()
    try {
      await chartroomJson(['publish', 'app', '--to', `oci://${ours.host}/charts`, '--tag', 'latest'], home)
      await chartroomJson(
        ['copy', `oci://${ours.host}/charts/app`, `oci://${other.host}/mirror/app`, '--all-tags'],
        home,
      )
      const { stdout } = await runPeer('crane-0.21.9', ['ls', '--insecure', `${other.host}/mirror/app`], home)
      expect(stdout.trim().split('\n').sort()).toEqual(['1.2.3', 'latest'])
    } finally {
      await other.close()
    }
  })

  it.each(helms)('an index of %s repo index is read by us', async (helm) => {
    const site = join(home.folder, `site-${helm}`)
    await runPeer(helm, ['package', 'app', '-d', site], home)
    await runPeer(helm, ['repo', 'index', site], home)
    const server = createServer((request, response) => {
      readFile(join(site, request.url ?? '')).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      )
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const { charts } = await chartroomJson<ChartsOutput>(
        ['pull', 'app', '--repo', url, '-d', `of-index-${helm}`],
        home,
      )
      expect(charts[0]?.digest).toBe(await sha256Of(join(site, 'app-1.2.3.tgz')))
      await chartroom(['repo', 'add', helm, url], home)
      expect((await chartroom(['repo', 'update', helm], home)).code).toBe(0)
      const found = await chartroomJson<{ name: string; version: string }[]>(['search', 'repo', 'app'], home)
      expect(found).toContainEqual(expect.objectContaining({ name: `${helm}/app`, version: '1.2.3' }))
    } finally {
      server.close()
    }
  })
})

describe('a password file', () => {
  it.each(['distribution', 'chartroom'])('on %s works for login, push and pull', async (kind) => {
    const htpasswd = `ada:${bcrypt.hashSync('lovelace', 4)}\n`
    await writeFile(join(home.folder, 'htpasswd'), htpasswd)
    const flags = ['--htpasswd', join(home.folder, 'htpasswd')]
    const registry = kind === 'distribution' ? await startDistribution(htpasswd) : await serve(home, flags)
    try {
      const refused = await chartroom(['publish', 'app', '--to', `oci://${registry.host}/charts`], home)
      expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('chartroom login')])
      const wrong = await chartroom(['login', registry.host, '-u', 'ada', '--password-stdin'], home, 'byron')
      expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining('UNAUTHENTICATED')])
      const login = await chartroom(
        ['login', registry.host, '-u', 'ada', '--password-stdin'],
        home,
        'lovelace\n',
      )
      expect([login.code, login.stdout]).toEqual([0, 'Login Succeeded\n'])
      await chartroomJson(['publish', 'app', '--to', `oci://${registry.host}/charts`], home)
      await chartroomJson(['pull', `oci://${registry.host}/charts/app`, '-d', `private-${kind}`], home)
      await chartroom(['logout', registry.host], home)
      expect((await chartroom(['pull', `oci://${registry.host}/charts/app`], home)).code).toBe(3)
    } finally {
      await registry.close()
    }
  })

  it('S1b one docker config serves chartroom and skopeo', async () => {
    const registry = await startDistribution(`ada:${bcrypt.hashSync('lovelace', 4)}\n`)
    try {
      const auth = Buffer.from('ada:lovelace').toString('base64')
      await mkdir(join(home.folder, '.docker'), { recursive: true })
      await writeFile(
        join(home.folder, '.docker', 'config.json'),
        JSON.stringify({ auths: { [registry.host]: { auth } } }),
      )
      await chartroomJson(['publish', 'app', '--to', `oci://${registry.host}/charts`], home)
      const chart = `docker://${registry.host}/charts/app:1.2.3`
      const image = `docker://${registry.host}/images/app:1`
      const skopeo = (...args: string[]): Promise<unknown> =>
        runSkopeo(['copy', '--src-tls-verify=false', '--dest-tls-verify=false', ...args, chart, image], home)
      await expect(skopeo('--src-no-creds')).rejects.toThrow(/auth/)
      await skopeo()
      const { stdout } = await runSkopeo(['list-tags', '--tls-verify=false', image.slice(0, -2)], home)
      expect(JSON.parse(stdout)).toMatchObject({ Tags: ['1'] })
    } finally {
      await registry.close()
    }
  })
})
