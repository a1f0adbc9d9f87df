import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { password } from '../connections/site.ts'
import { ask } from '../oracle/template/ask.mjs'
import { buildOracle } from '../oracle/template/build.mjs'
import { needProgram } from '../peers/peers.ts'
import type { ApplyOptions } from './argocd-applied.ts'
import { appliedArgoCd } from './argocd-applied.ts'
import type { ArgoCdAnswer } from './argocd.ts'
import { askArgoCd } from './argocd.ts'
import { sharedFleet } from './fleet.ts'
import { hostileValues, valuesFile } from './hostile-values.ts'
import { describeNotesOnValues } from './notes-on-values.ts'
import type { KubeObject } from './objects.ts'
import { apply, create, createNamespace, get } from './objects.ts'
import { sharedCluster } from './shared.ts'

// The definitions of Argo CD, in a real API, say what it accepts; its own code says what it makes of it.
const cluster = sharedCluster(['crds-argo-cd-3.4.0'])
const fleet = sharedFleet()
let oracle: string | undefined

/** The objects of `gitops argocd` with these arguments, as the API keeps them. */
async function applied(args: readonly string[], options?: ApplyOptions): Promise<KubeObject[]> {
  return appliedArgoCd(await cluster(), fleet().home, args, options)
}

/** The `source` of an Application, or of the template of an ApplicationSet. */
function sourceOf({ spec }: KubeObject): unknown {
  const { source, template } = spec as { source?: unknown; template?: { spec: { source: unknown } } }
  return source ?? template?.spec.source
}

/** The only generator of an ApplicationSet. */
function generatorOf({ spec }: KubeObject): { readonly list?: { readonly elements: readonly object[] } } {
  const { generators } = spec as { generators: readonly { list?: { elements: readonly object[] } }[] }
  expect(generators).toHaveLength(1)
  return generators[0] ?? {}
}

describe('an Application', () => {
  it('S33 in the oci form is accepted: scheme, path and digest of the manifest', async () => {
    const { open, published } = fleet()
    const [application, ...others] = await applied([
      `oci://${open.host}/charts/app`,
      '--version',
      '1.1.0',
      '-n',
      'shop',
    ])
    expect(others).toEqual([])
    expect(sourceOf(application as KubeObject)).toEqual({
      repoURL: `oci://${open.host}/charts/app`,
      path: '.',
      targetRevision: published.get('1.1.0')?.digest,
      helm: { releaseName: 'app' },
    })
    expect(application).toMatchObject({
      kind: 'Application',
      spec: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
        syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
      },
    })
  })

  it('S33 in the classic form is accepted: a host without scheme, chart and version', async () => {
    const args = ['oci://ghcr.io/me/charts/app', '--version', '1.1.0', '--offline', '--argocd-version', '3.0']
    const [application] = await applied(args)
    expect(sourceOf(application as KubeObject)).toEqual({
      repoURL: 'ghcr.io/me/charts',
      chart: 'app',
      targetRevision: '1.1.0',
      helm: { releaseName: 'app' },
    })
  })

  it('S33 of a classic repository is accepted: its address, chart and version', async () => {
    const { open } = fleet()
    const [application] = await applied(['app', '--repo', `${open.url}/helm/charts`, '--version', '^1'])
    expect(sourceOf(application as KubeObject)).toMatchObject({
      repoURL: `${open.url}/helm/charts`,
      chart: 'app',
      targetRevision: '1.1.0',
    })
  })

  it('S33 of a project, with values, is accepted beside the project', async () => {
    const running = await cluster()
    const { home, open } = fleet()
    await createNamespace(running, 'projects')
    const project = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'team', namespace: 'projects' },
      spec: {
        sourceRepos: [`oci://${open.host}/charts/*`],
        destinations: [{ server: '*', namespace: 'team-*' }],
      },
    }
    await apply(running, [project])
    await writeFile(join(home.folder, 'values.yaml'), 'note: "yes"\nnested: {list: [1, two, 3.5]}\n')
    const flags = ['--project', 'team', '-n', 'team-a', '-f', 'values.yaml']
    const [application] = await applied([`oci://${open.host}/charts/app`, '--range', '^1', ...flags])
    expect(application).toMatchObject({
      spec: {
        project: 'team',
        source: {
          targetRevision: '^1',
          helm: { valuesObject: { note: 'yes', nested: { list: [1, 'two', 3.5] } } },
        },
      },
    })
  })
})

describe('values that YAML would read as something else', () => {
  it('S33 are given back by the API as they were', async () => {
    const { home } = fleet()
    const values = hostileValues()
    await writeFile(join(home.folder, 'hostile.json'), valuesFile(values))
    const place = ['oci://ghcr.io/me/charts/app', '--version', '1.1.0', '--offline']
    const [application, ...others] = await applied([...place, '-f', 'hostile.json'], { by: create })
    expect(others).toEqual([])
    expect(
      (sourceOf(application as KubeObject) as { helm: { valuesObject: unknown } }).helm.valuesObject,
    ).toEqual(values)
  })
})

describeNotesOnValues('argocd', cluster, fleet)

describe('an ApplicationSet', () => {
  const place = ['oci://ghcr.io/me/charts/app', '--version', '1.1.0', '--offline']
  const eu = ['--cluster', 'eu=https://eu.example.com']

  /** What Argo CD's own code makes of the ApplicationSet that the flags give. */
  async function generated(
    flags: readonly string[],
    by: typeof create = apply,
  ): Promise<ArgoCdAnswer['applications']> {
    const [set] = await applied([...place, ...flags], { by })
    const { applications } = await askArgoCd(await cluster(), {
      namespace: set?.metadata.namespace ?? '',
      applicationSet: set as KubeObject,
    })
    return applications
  }

  // The reader of YAML may have to be built first, hence the time.
  it.each([
    ['for all clusters', []],
    ['of one cluster', ['--cluster-values', 'eu=hostile.json']],
  ])(
    'S33 has values %s that come out of the templates of Argo CD as they were',
    async (_, flags) => {
      needProgram('go')
      const values = hostileValues()
      await writeFile(join(fleet().home.folder, 'hostile.json'), valuesFile(values))
      const [application] = await generated(['-f', 'hostile.json', ...eu, ...flags], create)
      expect(application?.metadata.name).toBe('app-eu')
      oracle ??= buildOracle()
      const template = '{{ .Files.Get "given.yaml" | fromYaml | toJson }}'
      const files = { 'given.yaml': application?.spec.source.helm.values ?? '' }
      const [read] = ask(oracle, [{ template, files }])
      expect(JSON.parse(read?.out ?? '')).toEqual(values)
    },
    600_000,
  )

  it.each([
    ['leaves what it installed when it is deleted', [], undefined],
    ['deletes it with --cascade', ['--cascade'], ['resources-finalizer.argocd.argoproj.io']],
  ])('S33 %s', async (_, flags, finalizers) => {
    const applications = await generated([...eu, '--cluster', 'us=https://us.example.com', ...flags])
    expect(applications.map(({ metadata }) => metadata.finalizers)).toEqual([finalizers, finalizers])
  })

  it('S33 over listed clusters is accepted, with values of one of them', async () => {
    const { home, open } = fleet()
    await writeFile(join(home.folder, 'eu.yaml'), 'note: "{{ not a template }}"\n')
    const clusters = ['--cluster', 'eu=https://eu.example.com', '--cluster', 'us=https://us.example.com']
    const [set, ...others] = await applied([
      `oci://${open.host}/charts/app`,
      ...clusters,
      ...['--cluster-values', 'eu=eu.yaml'],
    ])
    expect(others).toEqual([])
    expect(set?.kind).toBe('ApplicationSet')
    const { list } = generatorOf(set as KubeObject)
    expect(list?.elements).toMatchObject([
      { name: 'eu', server: 'https://eu.example.com', helmValues: expect.stringContaining('not a template') },
      { name: 'us', server: 'https://us.example.com' },
    ])
    expect(sourceOf(set as KubeObject)).toMatchObject({ repoURL: `oci://${open.host}/charts/app`, path: '.' })
  })

  it('S33 over the clusters with a label, in the classic form, is accepted', async () => {
    const place = ['oci://ghcr.io/me/charts/app', '--version', '1.1.0', '--offline', '--form', 'classic']
    const [set] = await applied([...place, '--cluster-label', 'stage=production'])
    expect(set).toMatchObject({
      spec: { generators: [{ clusters: { selector: { matchLabels: { stage: 'production' } } } }] },
    })
    expect(sourceOf(set as KubeObject)).toMatchObject({ repoURL: 'ghcr.io/me/charts', chart: 'app' })
  })
})

describe('the Secret of a repository', () => {
  it('S33 is accepted beside its Application, and names the repository as the Application does', async () => {
    const { closed } = fleet()
    const login = ['--username', 'me', '--password-stdin']
    const args = [`oci://${closed.host}/charts/app`, '--version', '1.1.0', '--secret', ...login]
    const objects = await applied(args, { input: password })
    const secret = objects.find(({ kind }) => kind === 'Secret')
    const application = objects.find(({ kind }) => kind === 'Application')
    expect(secret?.metadata.labels).toEqual({ 'argocd.argoproj.io/secret-type': 'repository' })
    const fields = Object.entries(secret?.['data'] as Record<string, string>)
    const data = Object.fromEntries(
      fields.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    )
    expect(data).toMatchObject({ type: 'oci', username: 'me', password, insecureOCIForceHttp: 'true' })
    expect(data['url']).toBe((sourceOf(application as KubeObject) as { repoURL: string }).repoURL)
    expect(JSON.stringify(application)).not.toContain(password)
  })
})

describe('the API with the definitions of Argo CD', () => {
  it('refuses an unknown field, so that what it accepts says something', async () => {
    const running = await cluster()
    const wrong = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'wrong', namespace: 'default' },
      spec: {
        project: 'default',
        destination: {},
        source: { repoURL: 'ghcr.io/me', chart: 'app', revision: '1' },
      },
    }
    await expect(apply(running, [wrong])).rejects.toThrow(
      '.spec.source.revision: field not declared in schema',
    )
    await expect(get(running, 'application', 'wrong')).rejects.toThrow('not found')
  })
})
