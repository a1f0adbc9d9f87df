import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority } from '@chartroom/testkit'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { good, password } from '../connections/site.ts'
import { serve, writeChart } from '../workspace.ts'
import { appliedArgoCd } from './argocd-applied.ts'
import { askArgoCd } from './argocd.ts'
import { sharedFleet } from './fleet.ts'
import { sharedCluster } from './shared.ts'
import type { CallOptions } from './site.ts'
import { chartroom } from './site.ts'

const cluster = sharedCluster(['crds-argo-cd-3.4.0'])
const fleet = sharedFleet()

interface Fetched {
  /** As the Application names it. */
  readonly revision: string
  /** What the repo-server renders. */
  readonly objects: readonly unknown[]
}

interface FetchOptions extends CallOptions {
  /** A file of certificates that Argo CD trusts. */
  readonly trust?: string
}

/** What Argo CD's repo-server makes of the Application that the command writes, with the Secret beside it. */
async function fetched(args: readonly string[], { trust, ...options }: FetchOptions = {}): Promise<Fetched> {
  const running = await cluster()
  const kept = await appliedArgoCd(running, fleet().home, [...args, '-n', 'shop'], options)
  const application = kept.find(({ kind }) => kind === 'Application')
  if (application === undefined) throw new Error('no Application was written')
  const { manifests } = await askArgoCd(
    running,
    { namespace: application.metadata.namespace ?? '', application },
    trust === undefined ? {} : { SSL_CERT_FILE: trust },
  )
  const { source } = application['spec'] as { source: { targetRevision: string } }
  const objects = manifests.map((text) => JSON.parse(text) as unknown)
  return { revision: source.targetRevision, objects }
}

async function rendered(args: readonly string[], options?: FetchOptions): Promise<readonly unknown[]> {
  return (await fetched(args, options)).objects
}

function configMap(note: string, name = 'app'): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { note } }
}

describe('the repo-server of Argo CD', () => {
  it('S33 fetches our chart from our registry, pinned and by range, and renders it with the values', async () => {
    const { home, open } = fleet()
    const note = '{{ .Values.x }} ${HOME}\n---\nkind: Secret\n'
    await writeFile(join(home.folder, 'note.yaml'), JSON.stringify({ note }))
    const reference = `oci://${open.host}/charts/app`
    // Without a login the Secret still says that this registry speaks HTTP.
    const pinned = [reference, '--version', '1.1.0', '-f', 'note.yaml', '--secret']
    expect(await rendered(pinned)).toEqual([configMap(note)])
    expect(await rendered([reference, '--range', '^1', '--secret'])).toEqual([configMap('none')])
  })

  it('S33 fetches it from a private registry with the Secret that is written beside, and not without a login', async () => {
    const { closed, published, withLogin } = fleet()
    const reference = `oci://${closed.host}/charts/app`
    const login = ['--secret', '--username', 'me', '--password-stdin']
    const args = [reference, '--version', '1.1.0']
    expect(await rendered([...args, ...login], { input: password })).toEqual([configMap('none')])
    expect(await rendered([...args, '--secret'], { env: withLogin })).toEqual([configMap('none')])
    const digest = ['--digest', published.get('1.1.0')?.digest ?? '']
    await expect(rendered([reference, ...digest, '--secret'])).rejects.toThrow(
      /401|unauthorized|basic credential/i,
    )
    await expect(rendered([reference, ...digest, ...login], { input: 'wrong' })).rejects.toThrow(
      /401|unauthorized/i,
    )
  })

  it('S33 fetches it in the classic form, which wants HTTPS, with and without a login', async () => {
    const { home } = fleet()
    const authority = createAuthority()
    const { cert, key } = authority.certify(['localhost', '127.0.0.1'])
    const texts = { 'ca.pem': authority.certificate, 'cert.pem': cert, 'key.pem': key }
    for (const [name, text] of Object.entries(texts)) await writeFile(join(home.folder, name), text)
    const tls = ['--tls-cert', join(home.folder, 'cert.pem'), '--tls-key', join(home.folder, 'key.pem')]
    const trust = join(home.folder, 'ca.pem')
    const login = ['--username', 'me', '--password-stdin']
    for (const access of [[], ['--htpasswd', join(home.folder, 'users')]]) {
      const registry = await serve(home, [...tls, ...access])
      onTestFinished(() => registry.close())
      const host = registry.host.replace('127.0.0.1', 'localhost')
      const credentials = access.length === 0 ? [] : login
      const publish = ['publish', 'app-1.1.0', '--to', `oci://${host}/charts`, '--ca-file', trust]
      good(await chartroom(home, [...publish, ...credentials], { input: password }))
      const classic = [
        `oci://${host}/charts/app`,
        '--version',
        '1.1.0',
        '--form',
        'classic',
        '--ca-file',
        trust,
      ]
      const secret = access.length === 0 ? [] : ['--secret', ...login]
      expect(await rendered([...classic, ...secret], { input: password, trust })).toEqual([configMap('none')])
      if (access.length > 0)
        await expect(rendered([...classic, '--offline'], { trust })).rejects.toThrow(
          /401|unauthorized|basic credential/i,
        )
    }
  })

  it('S33 fetches it from a classic repository, with and without a login', async () => {
    const { open, closed } = fleet()
    const repo = (url: string): string[] => ['app', '--repo', `${url}/helm/charts`, '--version', '1.1.0']
    expect(await rendered(repo(open.url))).toEqual([configMap('none')])
    const login = ['--secret', '--username', 'me', '--password-stdin']
    expect(await rendered([...repo(closed.url), ...login], { input: password })).toEqual([configMap('none')])
    await expect(rendered([...repo(closed.url), '--offline'])).rejects.toThrow('401')
  })
})

describe('the repo-server of Argo CD, where a registry has versions', () => {
  const digests = new Map<string, string>()

  // The note of a version names it: what is rendered says which version was fetched.
  beforeAll(async () => {
    const { home, open } = fleet()
    const charts = [
      ...['1.0.0', '1.1.0', '2.0.0'].map((version) => ({ name: 'told', version })),
      { name: 'built', version: '1.0.0+b1' },
    ]
    const folder = ({ name, version }: { name: string; version: string }): string => `${name}-${version}`
    for (const chart of charts)
      await writeChart(join(home.folder, folder(chart)), { ...chart, note: `this is ${chart.version}` })
    const args = ['publish', ...charts.map(folder), '--to', `oci://${open.host}/charts`, '-o', 'json']
    const published = JSON.parse(good(await chartroom(home, args))) as {
      charts: readonly { version: string; destinations: readonly [{ manifestDigest: string }] }[]
    }
    for (const { version, destinations } of published.charts)
      digests.set(version, destinations[0].manifestDigest)
  })

  const tag = (version: string): string[] => ['--offline', '--version', version]
  it.each<[what: string, name: string, flags: readonly string[], version: string, revision?: string]>([
    ['the newest version, by digest', 'told', [], '2.0.0'],
    ['a version, by digest', 'told', ['--version', '1.0.0'], '1.0.0'],
    ['a version, by tag', 'told', tag('1.1.0'), '1.1.0', '1.1.0'],
    ['the newest version of a range', 'told', ['--range', '^1.0'], '1.1.0', '^1.0'],
    ['build metadata, by digest', 'built', [], '1.0.0+b1'],
    ['build metadata, by tag', 'built', tag('1.0.0+b1'), '1.0.0+b1', '1.0.0_b1'],
  ])('S33 fetches %s', async (_, name, flags, version, revision) => {
    const reference = `oci://${fleet().open.host}/charts/${name}`
    expect(await fetched([reference, ...flags, '--secret'])).toEqual({
      revision: revision ?? digests.get(version),
      objects: [configMap(`this is ${version}`, name)],
    })
  })

  it('fails on a range that finds build metadata: it asks for a tag with the +', async () => {
    const reference = `oci://${fleet().open.host}/charts/built`
    await expect(rendered([reference, '--range', '^1.0', '--secret'])).rejects.toThrow(
      /invalid tag "1\.0\.0\+b1"/,
    )
  })
})
