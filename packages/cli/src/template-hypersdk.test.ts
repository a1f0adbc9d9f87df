import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseYaml } from '@chartroom/go'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Called } from './testing/call.ts'
import { call } from './testing/call.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const chart = 'deployments/helm/hypersdk'
const golden = join(root, 'packages/template/fixtures/hypersdk')

/** `chartroom template` as it is called from the root of a clone. */
function template(...argv: string[]): Promise<Called> {
  return call(['template', ...argv], { env: {}, cwd: root, platform: process.platform })
}

/** The objects that a command line gives, as data. */
async function objects(...argv: string[]): Promise<Manifest[]> {
  const { code, stdout, stderr } = await template('hypersdk', chart, ...argv)
  if (code !== 0) throw new Error(stderr)
  return stdout
    .split(/^---\n/m)
    .filter((text) => text !== '')
    .map((text) => plain(parseYaml(text)) as Manifest)
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: object }
  readonly spec: {
    readonly template: { readonly metadata: { readonly labels: object }; readonly spec: object }
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (!(value instanceof Map)) return value
  return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]))
}

function only(kind: string, manifests: readonly Manifest[]): Manifest {
  const found = manifests.filter((one) => one.kind === kind)
  expect(found).toHaveLength(1)
  return found[0] as Manifest
}

describe('the chart of HyperSDK from its folder', () => {
  const given = readdirSync(golden).map((name) => {
    const path = name.startsWith('examples-')
      ? join(chart, 'examples', name.replace('examples-', ''))
      : join('interop/hypersdk/old-values', name.replace('old-values-', ''))
    return { name, values: name === 'default.yaml' ? [] : ['-f', path] }
  })

  it.each(given)('S53 S59 renders $name as helm does', async ({ name, values }) => {
    const { code, stdout } = await template('hypersdk', chart, '-n', 'hypersdk', ...values)
    expect(stdout).toBe(readFileSync(join(golden, name), 'utf8'))
    expect(code).toBe(0)
  })

  it.each(['deployments/helm/hypersdk/examples', 'interop/hypersdk/old-values'])(
    'S59 has a render of every values file in %s',
    (folder) => {
      const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'))
      const wanted = names.map((name) => `${basename(folder)}-${name}`)
      expect(readdirSync(golden)).toEqual(expect.arrayContaining(wanted))
    },
  )
})

describe('the chart of HyperSDK from a registry', () => {
  let shop: Workshop
  const local = (): string => readFileSync(join(golden, 'default.yaml'), 'utf8')

  beforeAll(async () => {
    shop = await openWorkshop()
    const { code, stderr } = await shop.chartroom(
      'publish',
      join(root, chart),
      '--to',
      `oci://${shop.host}/charts`,
    )
    expect(code, stderr).toBe(0)
  })

  afterAll(() => shop.close())

  it('S3 renders by OCI reference and version as from the folder', async () => {
    const reference = `oci://${shop.host}/charts/hypersdk`
    const line = ['template', 'hypersdk', reference, '--version', '0.2.0', '-n', 'hypersdk']
    const { code, stdout, stderr } = await shop.chartroom(...line)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(local())
  })

  it('S32 renders alike from OCI and from a classic repository', async () => {
    const repository = `http://${shop.host}/helm/charts`
    const classic = await shop.chartroom(
      'template',
      'hypersdk',
      'hypersdk',
      '--repo',
      repository,
      '-n',
      'hypersdk',
    )
    expect(classic.stdout).toBe(local())
    await shop.chartroom('repo', 'add', 'mine', repository)
    const added = await shop.chartroom('template', 'hypersdk', 'mine/hypersdk', '-n', 'hypersdk')
    expect(added.stdout).toBe(local())
  })

  it('S3 says which version there is not', async () => {
    const reference = `oci://${shop.host}/charts/hypersdk`
    const { code, stdout } = await shop.chartroom('template', 'hypersdk', reference, '--version', '9.9.9')
    expect([code, stdout]).toEqual([4, ''])
  })
})

describe('what HyperSDK asked of a render', () => {
  it('S4 puts every object into the namespace, which a name makes', async () => {
    const manifests = await objects('--namespace', 'exports')
    expect(manifests.map(({ metadata }) => metadata.namespace)).toEqual(manifests.map(() => 'exports'))
    const created = ['--namespace', 'exports', '--create-namespace']
    expect(await objects(...created)).toEqual(manifests)
  })

  it('S4 takes nested values from --set', async () => {
    const set = ['--set', 'persistence.exports.size=7Ti,resources.limits.memory=3Gi']
    const { stdout } = await template('hypersdk', chart, ...set)
    expect(stdout).toMatch(/storage: "?7Ti"?\n/)
    expect(stdout).toMatch(/memory: "?3Gi"?\n/)
  })

  it.each(['vsphere', 'aws', 'azure', 'gcp'])('S4 refuses empty credentials of %s', async (provider) => {
    const line = ['hypersdk', chart, '--set', `credentials.${provider}.enabled=true`]
    const { code, stdout, stderr } = await template(...line)
    expect([code, stdout]).toEqual([8, ''])
    expect(stderr).toContain(`credentials.${provider}.enabled is true, but `)
    const secret = [...line, '--set', `credentials.${provider}.existingSecret=given`]
    expect((await template(...secret)).code).toBe(0)
  })

  it('S37 gives the pod imagePullSecrets only where they are set', async () => {
    const without = only('Deployment', await objects())
    expect(without.spec.template.spec).not.toHaveProperty('imagePullSecrets')
    const given = only('Deployment', await objects('--set', 'imagePullSecrets[0].name=ghcr-pull'))
    expect(given.spec.template.spec).toHaveProperty('imagePullSecrets', [{ name: 'ghcr-pull' }])
  })

  it('S37 documents that they do not serve helm', async () => {
    const readme = await readFile(join(root, chart, 'README.md'), 'utf8')
    expect(readme).toMatch(/imagePullSecrets.*They serve the kubelet; helm itself never reads them/)
  })

  it('S38 annotates the ServiceAccount with the role of EKS', async () => {
    const role = 'arn:aws:iam::123456789012:role/hypersdk'
    const example = only('ServiceAccount', await objects('-f', `${chart}/examples/eks-values.yaml`))
    expect(example.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': role })
    const key = 'serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn'
    const set = only('ServiceAccount', await objects('--set', `${key}=${role}`))
    expect(set.metadata.annotations).toEqual(example.metadata.annotations)
  })

  it('S39 gives the ServiceAccount and the pod the identity of AKS', async () => {
    const manifests = await objects('-f', `${chart}/examples/aks-values.yaml`)
    expect(only('ServiceAccount', manifests).metadata.annotations).toEqual({
      'azure.workload.identity/client-id': '00000000-0000-0000-0000-000000000000',
    })
    expect(only('Deployment', manifests).spec.template.metadata.labels).toMatchObject({
      'azure.workload.identity/use': 'true',
    })
  })

  it('S40 annotates the ServiceAccount with the account of Google', async () => {
    const example = only('ServiceAccount', await objects('-f', `${chart}/examples/gke-values.yaml`))
    const account = 'hypersdk@PROJECT_ID.iam.gserviceaccount.com'
    expect(example.metadata.annotations).toEqual({ 'iam.gke.io/gcp-service-account': account })
  })
})
