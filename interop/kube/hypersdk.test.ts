import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runPeer } from '../clients/clients.ts'
import { good } from '../connections/site.ts'
import { blocksOf } from '../docs/block.ts'
import type { Home } from '../workspace.ts'
import { ensureBuilt, serve, temporaryHome, workspace } from '../workspace.ts'
import type { KubeObject } from './objects.ts'
import { createNamespace, get } from './objects.ts'
import { sharedCluster } from './shared.ts'
import { chartroom } from './site.ts'

const chart = join(workspace, 'deployments', 'helm', 'hypersdk')
const cluster = sharedCluster([])
let home: Home

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})
afterAll(() => home?.remove())

/** Labels of a namespace that refuses pods, and warns of templates of pods, below the standard `restricted`. */
const restricted = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
}

interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> }
  readonly spec: { readonly serviceAccountName: string }
}

describe('identities of clouds', () => {
  const expected: Readonly<Record<string, { row: string; annotations: object | undefined; labels: object }>> =
    {
      'eks-irsa': {
        row: 'S38',
        annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/hypersdk' },
        labels: {},
      },
      'eks-pod-identity': { row: 'S38', annotations: undefined, labels: {} },
      'aks-workload-identity': {
        row: 'S39',
        annotations: { 'azure.workload.identity/client-id': '00000000-0000-0000-0000-000000000000' },
        labels: { 'azure.workload.identity/use': 'true' },
      },
      'gke-workload-identity': {
        row: 'S40',
        annotations: { 'iam.gke.io/gcp-service-account': 'hypersdk@PROJECT_ID.iam.gserviceaccount.com' },
        labels: {},
      },
    }
  const blocks = blocksOf('docs/private-registries.md').filter(({ info }) => info.startsWith('yaml '))

  it('are four in docs/private-registries.md', () => {
    expect(blocks.map(({ info }) => info.slice('yaml '.length))).toEqual(Object.keys(expected))
  })

  it.each(Object.entries(expected).map(([name, { row, ...parts }]) => [row, name, parts] as const))(
    '%s %s: the values of the page are accepted in a namespace that enforces restricted, and so is a pod of theirs',
    async (_row, name, { annotations, labels }) => {
      await createNamespace(await cluster(), name, restricted)
      const { kubectl } = await cluster()
      const block = blocks.find(({ info }) => info === `yaml ${name}`)
      await writeFile(join(home.folder, `${name}.yaml`), block?.text ?? '')
      const rendered = good(
        await chartroom(home, ['template', 'hypersdk', chart, '-f', `${name}.yaml`, '-n', name]),
      )
      const apply = ['apply', '--server-side', '--validate=strict', '--dry-run=server', '-f', '-']
      const said = await kubectl([...apply, '-o', 'json'], rendered)
      const { items } = JSON.parse(good(said)) as { items: KubeObject[] }
      expect(said.stderr).not.toContain('would violate PodSecurity')
      const account = items.find(({ kind }) => kind === 'ServiceAccount')
      expect([account?.metadata.name, account?.metadata.annotations]).toEqual(['hypersdk', annotations])
      const deployment = items.find(({ kind }) => kind === 'Deployment') as KubeObject
      const { template } = deployment['spec'] as { template: PodTemplate }
      expect(template.spec.serviceAccountName).toBe('hypersdk')
      expect(template.metadata.labels).toMatchObject(labels)
      expect(Object.keys(template.metadata.labels).filter((key) => /identity|podid/.test(key))).toEqual(
        Object.keys(labels),
      )
      // No controller makes pods here: the pod that the Deployment stands for is asked for by hand.
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        ...template,
        metadata: { ...template.metadata, name: 'pod' },
      }
      good(await kubectl(['create', 'serviceaccount', 'hypersdk', '-n', name]))
      good(await kubectl(['create', '--dry-run=server', '-n', name, '-f', '-'], JSON.stringify(pod)))
    },
  )

  it('need that standard to be kept: a pod that asks for more is refused there', async () => {
    await createNamespace(await cluster(), 'strict', restricted)
    const { kubectl } = await cluster()
    const refused = await kubectl(['run', 'root', '--image=busybox', '-n', 'strict', '--dry-run=server'])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('violates PodSecurity')])
  })
})

describe('helm 4.2.4', () => {
  it('installs our chart from our registry into a real API, and lists the release', async () => {
    const { kubeconfig } = await cluster()
    const registry = await serve(home)
    try {
      good(await chartroom(home, ['publish', chart, '--to', `oci://${registry.host}/charts`]))
      const helm = async (...args: string[]): Promise<string> =>
        (await runPeer('helm-4.2.4', [...args, '--kubeconfig', kubeconfig], home)).stdout
      const reference = `oci://${registry.host}/charts/hypersdk`
      await helm('install', 'hypersdk', reference, '--plain-http', '-n', 'installed', '--create-namespace')
      const [release, ...others] = JSON.parse(await helm('list', '-n', 'installed', '-o', 'json'))
      expect([release, others]).toMatchObject([
        { name: 'hypersdk', status: 'deployed', revision: '1', chart: expect.stringMatching(/^hypersdk-\d/) },
        [],
      ])
      const deployment = await get(await cluster(), 'deployment', 'hypersdk', 'installed')
      expect(deployment.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'Helm' })
    } finally {
      await registry.close()
    }
  })
})
