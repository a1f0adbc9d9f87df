import { describe, expect, it } from 'vitest'
import { good, password } from '../connections/site.ts'
import { needPeer } from '../peers/peers.ts'
import { run } from '../workspace.ts'
import { askArgoCd } from './argocd.ts'
import { sharedFleet } from './fleet.ts'
import { askKubelet } from './kubelet.ts'
import type { KubeObject } from './objects.ts'
import { apply, createNamespace, get, source } from './objects.ts'
import { pullSecret } from './pull-secret.ts'
import { sharedCluster } from './shared.ts'
import { chartroom } from './site.ts'

// A test for each statement of docs/private-registries.md. What the kubelet matches is in kubelet.test.ts, identities of
// pods are in hypersdk.test.ts.
const cluster = sharedCluster(['crds-source-controller-1.9.1'], ['source-controller-1.9.1'])
const fleet = sharedFleet()

/** The answer 401, as a number or by the registry's own word for it. */
const refused = /401|UNAUTHORIZED/

/** What `chartroom secret image-pull` and the like write for the user `me`. */
async function secret(
  reader: 'image-pull' | 'argocd' | 'flux',
  registry: string,
  ...flags: string[]
): Promise<string> {
  const args = ['secret', reader, '--registry', registry, '--username', 'me', '--password-stdin', ...flags]
  return good(await chartroom(fleet().home, args, { input: password }))
}

function ociRepository(name: string, spec: object): KubeObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name, namespace: 'default' },
    spec: {
      url: `oci://${fleet().closed.host}/charts/app`,
      interval: '1h',
      insecure: true,
      ref: { tag: '1.0.0' },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      ...spec,
    },
  }
}

describe('the client', () => {
  it('helm does not use a pull secret of the cluster, nor does chartroom; both use a file of logins', async () => {
    const running = await cluster()
    const { home, closed, withLogin } = fleet()
    await createNamespace(running, 'client')
    await apply(running, [
      pullSecret('pull', { [closed.host]: 'me' }, 'client'),
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: 'client' },
        imagePullSecrets: [{ name: 'pull' }],
      },
    ])
    const reference = `oci://${closed.host}/charts/app`
    const env = { ...home.env, KUBECONFIG: running.kubeconfig }
    const helm = (...args: string[]) => run(needPeer('helm-4.2.4'), args, { cwd: home.folder, env })
    const install = ['install', 'app', reference, '--version', '1.0.0', '--plain-http', '-n', 'client']
    const without = await helm(...install)
    expect([without.code, without.stderr]).toEqual([1, expect.stringMatching(/401|basic credential/)])
    const pull = ['pull', reference, '--version', '1.0.0', '-d', 'client']
    const ours = await chartroom(home, pull, { env })
    expect([ours.code, ours.stderr]).toEqual([3, expect.stringContaining('ANONYMOUS_REFUSED')])
    const withFile = { ...env, ...withLogin }
    good(await run(needPeer('helm-4.2.4'), install, { cwd: home.folder, env: withFile }))
    good(await chartroom(home, pull, { env: withFile }))
  })
})

describe('the controller of Flux', () => {
  it('uses no Secret that its object does not name: not that of the workload, not one of the ServiceAccount beside it', async () => {
    const running = await cluster()
    const { host } = fleet().closed
    await createNamespace(running, 'workload')
    await apply(running, [
      pullSecret('pull', { [host]: 'me' }, 'workload'),
      pullSecret('pull', { [host]: 'me' }),
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: 'default' },
        imagePullSecrets: [{ name: 'pull' }],
      },
      ociRepository('unnamed', {}),
    ])
    expect((await source(running, 'ocirepository', 'unnamed', { ready: false })).message).toMatch(refused)
  })

  it('uses the Secret of secretRef in the namespace of its object, or those of the ServiceAccount that it names', async () => {
    const running = await cluster()
    const { host } = fleet().closed
    await createNamespace(running, 'elsewhere')
    await apply(running, [
      pullSecret('beside', { [host]: 'me' }),
      pullSecret('far', { [host]: 'me' }, 'elsewhere'),
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'puller', namespace: 'default' },
        imagePullSecrets: [{ name: 'beside' }],
      },
      ociRepository('by-secret', { secretRef: { name: 'beside' } }),
      ociRepository('by-account', { serviceAccountName: 'puller' }),
      ociRepository('by-far-secret', { secretRef: { name: 'far' } }),
    ])
    await source(running, 'ocirepository', 'by-secret', { ready: true })
    await source(running, 'ocirepository', 'by-account', { ready: true })
    const far = await source(running, 'ocirepository', 'by-far-secret', { ready: false })
    expect(far.message).toContain("failed to get secret 'default/far'")
  })

  it('takes a user name and a password as fields for a HelmRepository alone', async () => {
    const running = await cluster()
    const { closed } = fleet()
    const repository = (name: string, spec: object): KubeObject => ({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name, namespace: 'default' },
      spec: { interval: '1h', ...spec },
    })
    const chart = (name: string): KubeObject => ({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmChart',
      metadata: { name, namespace: 'default' },
      spec: { chart: 'app', version: '1.x', interval: '1h', sourceRef: { kind: 'HelmRepository', name } },
    })
    const oci = { type: 'oci', url: `oci://${closed.host}/charts`, insecure: true }
    const classic = { url: `${closed.url}/helm/charts` }
    await apply(running, [
      pullSecret('docker-form', { [closed.host]: 'me' }),
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'fields', namespace: 'default' },
        stringData: { username: 'me', password },
      },
      ociRepository('with-fields', { secretRef: { name: 'fields' } }),
      repository('oci-fields', { ...oci, secretRef: { name: 'fields' } }),
      repository('oci-docker', { ...oci, secretRef: { name: 'docker-form' } }),
      repository('classic-fields', { ...classic, secretRef: { name: 'fields' } }),
      repository('classic-docker', { ...classic, secretRef: { name: 'docker-form' } }),
      ...['oci-fields', 'oci-docker', 'classic-fields'].map(chart),
    ])
    for (const name of ['oci-fields', 'oci-docker', 'classic-fields']) {
      expect((await source(running, 'helmchart', name, { ready: true })).artifact?.revision).toBe('1.1.0')
    }
    for (const [kind, name] of [
      ['ocirepository', 'with-fields'],
      ['helmrepository', 'classic-docker'],
    ] as const) {
      expect((await source(running, kind, name, { ready: false })).message).toMatch(refused)
    }
  })
})

describe('the providers of Flux', () => {
  it.each(['aws', 'azure', 'gcp', 'generic'])('%s is one', async (provider) => {
    const object = ociRepository(`provider-${provider}`, { provider })
    await expect(apply(await cluster(), [object], '--dry-run=server')).resolves.toBeUndefined()
  })

  it('others are refused by the API', async () => {
    const object = ociRepository('provider-other', { provider: 'other' })
    await expect(apply(await cluster(), [object])).rejects.toThrow('Unsupported value: "other"')
  })
})

describe('the Secrets that chartroom writes', () => {
  it.each([
    ['ghcr.io', { 'ghcr.io/owner/image:1.0': ['me'], 'ghcr.io.example.com/owner/image': [], nginx: [] }],
    ['ghcr.io/owner', { 'ghcr.io/owner/image': ['me'], 'ghcr.io/other/image': [] }],
    [
      'ghcr.io/team/app',
      { 'ghcr.io/team/app:2': ['me'], 'ghcr.io/team/other': [], 'ghcr.io/team-two/app': [] },
    ],
    ['127.0.0.1:5000', { '127.0.0.1:5000/image': ['me'], '127.0.0.1/image': [] }],
    [
      'docker.io',
      { 'docker.io/owner/image': ['me'], 'owner/image': ['me'], nginx: ['me'], 'ghcr.io/x/y': [] },
    ],
  ] as const)(
    'image-pull for %s is accepted, and the kubelet uses it for the images below',
    async (registry, users) => {
      const running = await cluster()
      const name = `pull-${registry.replaceAll(/[^a-z0-9]/g, '-')}`
      await apply(running, await secret('image-pull', registry, '--name', name))
      const kept = await get(running, 'secret', name)
      expect(kept['type']).toBe('kubernetes.io/dockerconfigjson')
      const images = Object.keys(users)
      const answers = await askKubelet({ secrets: [kept], images })
      expect(Object.fromEntries(images.map((image) => [image, answers[image]?.users]))).toEqual(users)
    },
  )

  it('flux: the one for a registry logs an OCIRepository in, the one for a classic repository a HelmRepository', async () => {
    const running = await cluster()
    const { closed } = fleet()
    const url = `${closed.url}/helm/charts`
    await apply(running, await secret('flux', closed.host, '--name', 'written', '-n', 'default'))
    await apply(running, await secret('flux', url, '--name', 'written-classic', '-n', 'default'))
    const classic = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name: 'written', namespace: 'default' },
      spec: { interval: '1h', url, secretRef: { name: 'written-classic' } },
    }
    await apply(running, [ociRepository('written', { secretRef: { name: 'written' } }), classic])
    await source(running, 'ocirepository', 'written', { ready: true })
    await source(running, 'helmrepository', 'written', { ready: true })
  })

  it('argocd: Argo CD finds the login for the repositories that it was written for, in its own namespace alone', async () => {
    const running = await cluster()
    await createNamespace(running, 'argocd')
    await createNamespace(running, 'other')
    const write = async (registry: string, ...flags: string[]): Promise<void> =>
      apply(running, await secret('argocd', registry, ...flags))
    await write('ghcr.io/me/charts/app', '--name', 'oci', '--form', 'oci', '--scope', 'repository')
    await write('ghcr.io/team', '--name', 'oci-all', '--form', 'oci')
    await write('quay.io/me/charts', '--name', 'classic', '--form', 'classic', '--scope', 'repository')
    await write('https://charts.example.com', '--name', 'site', '--scope', 'repository')
    await write('elsewhere.example.com', '--name', 'oci', '-n', 'other')
    await apply(running, await secret('image-pull', 'pulled.example.com', '--name', 'pull', '-n', 'argocd'))
    const urls = {
      'oci://ghcr.io/me/charts/app': { username: 'me', password, type: 'oci', forceHTTP: false },
      'oci://ghcr.io/team/charts/app': { username: 'me', password },
      'quay.io/me/charts': { username: 'me', password, type: 'helm', enableOCI: true },
      'https://charts.example.com': { username: 'me', password, type: 'helm', enableOCI: false },
      'oci://ghcr.io/me/charts/other': { username: '' },
      'oci://ghcr.io/team-two/charts/app': { username: '' },
      'oci://elsewhere.example.com/charts/app': { username: '' },
      'oci://pulled.example.com/charts/app': { username: '' },
    }
    const repositories = Object.keys(urls).map((url) => ({ url }))
    const answer = await askArgoCd(running, { namespace: 'argocd', repositories })
    const found = answer.repositories.map((login, index) => [repositories[index]?.url, login])
    expect(Object.fromEntries(found)).toMatchObject(urls)
  })
})

describe('pods and their pull secrets', () => {
  const pod = (name: string, spec: object = {}): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'pods' },
    spec: { containers: [{ name: 'app', image: 'ghcr.io/owner/image' }], ...spec },
  })
  const secretsOf = async (name: string): Promise<unknown> => {
    const { spec } = await get(await cluster(), 'pod', name, 'pods')
    return (spec as { imagePullSecrets?: unknown }).imagePullSecrets
  }

  it('a ServiceAccount gives its list to each new pod that has none of its own', async () => {
    const running = await cluster()
    await createNamespace(running, 'pods')
    await apply(running, [pod('before')])
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: 'pods' },
    }
    await apply(running, [{ ...account, imagePullSecrets: [{ name: 'shared' }] }])
    await apply(running, [pod('after'), pod('own', { imagePullSecrets: [{ name: 'own' }] })])
    expect(await secretsOf('before')).toBeUndefined()
    expect(await secretsOf('after')).toEqual([{ name: 'shared' }])
    expect(await secretsOf('own')).toEqual([{ name: 'own' }])
  })

  it('a pod has no field for a Secret of another namespace', async () => {
    const running = await cluster()
    const wrong = pod('wrong', { imagePullSecrets: [{ name: 'pull', namespace: 'elsewhere' }] })
    await expect(apply(running, [wrong])).rejects.toThrow('field not declared in schema')
  })

  it('the API refuses a pull secret without its key or with other content than JSON, and looks no further', async () => {
    const running = await cluster()
    const object = (content: Record<string, string>): object => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'checked', namespace: 'default' },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: content,
    })
    await expect(apply(running, [object({ other: '{}' })])).rejects.toThrow('Required value')
    await expect(apply(running, [object({ '.dockerconfigjson': '{' })])).rejects.toThrow('Invalid value')
    await apply(running, [object({ '.dockerconfigjson': '{"no":"auths"}' })])
  })
})
