import { defaultToolVersions } from '@chartroom/gitops'
import { parseYaml, parseYamlDocuments } from '@chartroom/go'
import { nameFromTemplate } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gitopsCommands } from './gitops-commands.ts'
import { publishedCharts } from './shape/chart.ts'
import type { Called } from './testing/call.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop
let app: string
const digests = new Map<string, string>()

beforeEach(async () => {
  shop = await openWorkshop()
  app = `oci://${shop.host}/charts/app`
  for (const version of ['1.0.0', '1.1.0+b1', '2.0.0-rc.1']) {
    await shop.chart('app', version)
    const { charts } = await shop.json(publishedCharts, 'publish', 'app', '--to', `oci://${shop.host}/charts`)
    digests.set(version, charts[0]?.destinations[0]?.manifestDigest ?? '')
  }
})

afterEach(() => shop.close())

interface Made extends Called {
  readonly objects: readonly Record<string, never>[]
}

interface ApplicationSet {
  readonly spec: { template: { spec: { source: { helm: { values: string } } } } }
}

async function gitops(...argv: string[]): Promise<Made> {
  const called = await shop.chartroom('gitops', ...argv)
  const objects = called.code === 0 ? parseYamlDocuments(called.stdout) : []
  return { ...called, objects: objects as unknown as Record<string, never>[] }
}

describe('gitops', () => {
  it('pins the newest stable version by its digest, for both tools', async () => {
    const argocd = await gitops('argocd', app)
    expect(argocd.objects).toMatchObject([
      {
        kind: 'Application',
        spec: {
          info: [{ value: '1.1.0+b1' }],
          source: { repoURL: app, path: '.', targetRevision: digests.get('1.1.0+b1') },
        },
      },
    ])
    expect(argocd.stderr).toMatch(/^Note: Argo CD speaks HTTPS .*insecureOCIForceHttp\)\.\n$/)
    const flux = await gitops('flux', app)
    expect(flux.objects).toMatchObject([
      { spec: { url: app, insecure: true, ref: { tag: '1.1.0_b1', digest: digests.get('1.1.0+b1') } } },
      { kind: 'HelmRelease', spec: { chartRef: { kind: 'OCIRepository', name: 'app' } } },
    ])
    expect(flux.stderr).toBe('')
  })

  it.each([
    [['--version', '1.0.0'], '1.0.0'],
    [['--version', '~1.0'], '1.0.0'],
    [['--version', '>1.0.0-0'], '2.0.0-rc.1'],
  ])('resolves %j now', async (flags, version) => {
    const { objects } = await gitops('flux', app, ...flags)
    expect(objects[0]).toMatchObject({ spec: { ref: { tag: version, digest: digests.get(version) } } })
  })

  it('takes the tag of a reference', async () => {
    const { objects } = await gitops('flux', `${app}:1.0.0`)
    expect(objects[0]).toMatchObject({ spec: { ref: { tag: '1.0.0', digest: digests.get('1.0.0') } } })
  })

  it('asks no registry when it is told a digest or a range, or to ask none', async () => {
    const nowhere = 'oci://registry.invalid/charts/app'
    const digest = `sha256:${'a'.repeat(64)}`
    const told: [string[], object][] = [
      [[nowhere, '--digest', digest], { digest }],
      [[`${nowhere}@${digest}`], { digest }],
      [[`${nowhere}:1.0.0@${digest}`], { digest, tag: '1.0.0' }],
      [[nowhere, '--digest', digest, '--version', '1.0.0+b'], { digest, tag: '1.0.0_b' }],
      [[nowhere, '--range', ' ^1.2 '], { semver: '^1.2' }],
      [[nowhere, '--offline', '--version', '1.0.0'], { tag: '1.0.0' }],
      [[`${nowhere}:latest`, '--offline'], { tag: 'latest' }],
    ]
    for (const [argv, ref] of told) {
      const { objects, stderr } = await gitops('flux', ...argv)
      expect([objects[0], stderr]).toMatchObject([{ spec: { ref } }, expect.any(String)])
    }
  })

  it('says where the tool is told of a certificate authority', async () => {
    const argv = ['oci://registry.test/app', '--offline', '--version', '1.0.0', '--ca-file', 'ca.pem']
    await shop.write('ca.pem', '')
    expect((await gitops('argocd', ...argv)).stderr).toMatch(/argocd-tls-certs-cm/)
    expect((await gitops('flux', ...argv)).stderr).toMatch(/certSecretRef/)
  })

  it('keeps the types of values, merged as helm merges them', async () => {
    await shop.write(
      'a.yaml',
      'a: 1\nb: "1"\nc: yes\nd: "yes"\ne: |\n  x: y\n  ---\n  z\n__proto__: {p: 1}\n',
    )
    await shop.write('b.yaml', 'a: 2\nnested: {keep: true}\n')
    const flags = ['-f', 'a.yaml', '-f', 'b.yaml', '--set', 'nested.n=3', '--set-string', 's=3']
    const values = {
      a: 2,
      b: '1',
      c: true,
      d: 'yes',
      e: 'x: y\n---\nz\n',
      nested: { keep: true, n: 3 },
      s: '3',
      ['__proto__']: { p: 1 },
    }
    const argocd = await gitops('argocd', app, ...flags)
    expect(argocd.objects).toMatchObject([{ spec: { source: { helm: { valuesObject: values } } } }])
    const flux = await gitops('flux', app, ...flags)
    expect(flux.objects[1]).toMatchObject({ spec: { values } })
    const set = await gitops('argocd', app, ...flags, '--cluster', 'eu=https://eu.test')
    const text = (set.objects[0] as never as ApplicationSet).spec.template.spec.source.helm.values
    expect(parseYaml(text)).toEqual(parseYaml(JSON.stringify(values)))
  })

  it.each([
    '{{',
    '{{ .name }}',
    '{{{{',
    '{{{x',
    '{{- x -}}',
    '{{/* x */}}',
    '{{ "{{" }}',
    '}}',
    'a\n{{- end }}\n',
  ])('escapes %j so that the template of an ApplicationSet gives it back', async (text) => {
    await shop.write('v.yaml', JSON.stringify({ [text]: text, list: [text] }))
    const { objects } = await gitops('argocd', app, '-f', 'v.yaml', '--cluster', 'eu=https://eu.test')
    const set = objects[0] as never as ApplicationSet
    // Go's text/template, as Argo CD applies it to each text.
    const rendered = nameFromTemplate(set.spec.template.spec.source.helm.values, nodePorts)
    expect(parseYaml(rendered)).toEqual({ [text]: text, list: [text] })
  })

  it('gives each cluster its values', async () => {
    await shop.write('common.yaml', 'a: 1\nb: 1\n')
    await shop.write('eu.yaml', 'b: 2\n')
    const clusters = ['--cluster', 'eu=https://eu.test', '--cluster', 'us=https://us.test']
    const { objects } = await gitops(
      'argocd',
      app,
      '-f',
      'common.yaml',
      '--set',
      'c=3',
      ...clusters,
      '--cluster-values',
      'eu=eu.yaml',
    )
    expect(objects).toMatchObject([
      {
        kind: 'ApplicationSet',
        spec: {
          generators: [
            {
              list: {
                elements: [
                  { name: 'eu', server: 'https://eu.test', helmValues: 'a: 1\nb: 2\nc: 3\n' },
                  { name: 'us', server: 'https://us.test', helmValues: 'a: 1\nb: 1\nc: 3\n' },
                ],
              },
            },
          ],
        },
      },
    ])
  })

  it('reads the flags of each tool', async () => {
    const argocd = await gitops(
      ...['argocd', app, '--name', 'demo', '-n', 'prod', '--argocd-namespace', 'gitops', '--project', 'team'],
      ...['--server', 'https://c.test', '--auto-sync=false', '--cascade', '--release-name', 'rel'],
    )
    expect(argocd.objects).toMatchObject([
      {
        metadata: { name: 'demo', namespace: 'gitops', finalizers: [expect.any(String)] },
        spec: {
          project: 'team',
          destination: { server: 'https://c.test', namespace: 'prod' },
          syncPolicy: { syncOptions: ['CreateNamespace=true'] },
          source: { helm: { releaseName: 'rel' } },
        },
      },
    ])
    const set = await gitops('argocd', app, '--cluster-label', 'env=prod', '--cluster-label', 'tier=a')
    expect(set.objects).toMatchObject([
      { spec: { generators: [{ clusters: { selector: { matchLabels: { env: 'prod', tier: 'a' } } } }] } },
    ])
    const flux = await gitops(
      ...['flux', app, '--name', 'demo', '-n', 'prod', '--flux-namespace', 'gitops', '--interval', '1h'],
      ...['--flux-version', '2.5', '--secret-name', 'pull', '--helm-repository=false'],
    )
    expect(flux.objects).toMatchObject([
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1beta2',
        metadata: { name: 'demo', namespace: 'gitops' },
        spec: { interval: '1h', secretRef: { name: 'pull' } },
      },
      { spec: { targetNamespace: 'prod', releaseName: 'demo' } },
    ])
  })

  it('says in its help which versions are the usual ones', () => {
    const described = gitopsCommands.flatMap(({ flags }) => flags.map(({ description }) => description))
    expect(described).toContain(`version of Argo CD (default: ${defaultToolVersions.argocd})`)
    expect(described).toContain(`version of Flux (default: ${defaultToolVersions.flux})`)
  })

  it('prints a List as JSON', async () => {
    const { stdout } = await shop.chartroom('gitops', 'flux', app, '-o', 'json')
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'List', items: [{ kind: 'OCIRepository' }, {}] })
  })

  it('reads classic repositories, by address and by name', async () => {
    await shop.chart('web', '3.0.0')
    await shop.chartroom('publish', 'web', '--to', `oci://${shop.host}/charts`)
    const url = `http://${shop.host}/helm/charts`
    const byAddress = await gitops('argocd', 'web', '--repo', url)
    expect(byAddress.objects).toMatchObject([
      { spec: { source: { repoURL: url, chart: 'web', targetRevision: '3.0.0' } } },
    ])
    expect(byAddress.stderr).toMatch(/classic repository cannot be pinned by digest/)
    await shop.chartroom('repo', 'add', 'team', url)
    const byName = await gitops('flux', 'team/web')
    expect(byName.objects).toMatchObject([
      { kind: 'HelmRepository', spec: { url } },
      { spec: { chart: { spec: { chart: 'web', version: '3.0.0' } } } },
    ])
  })

  it.each([
    ['a chart that is not there', ['oci://HOST/charts/none'], 4, /there is no chart/],
    [
      'a version that is not there',
      ['oci://HOST/charts/app', '--version', '9.0.0'],
      4,
      /has no version 9\.0\.0/,
    ],
    ['a tag that is not there', ['oci://HOST/charts/app:nope'], 4, /nope/],
    [
      'a digest and a range',
      ['oci://HOST/charts/app', '--digest', 'sha256:a', '--range', '^1'],
      2,
      /exclude/,
    ],
    ['a digest that is none', ['oci://HOST/charts/app', '--digest', 'sha256:a'], 2, /not a digest/],
    ['a range that is none', ['oci://HOST/charts/app', '--range', 'newest'], 2, /newest/],
    ['a range and a tag', ['oci://HOST/charts/app:1.0.0', '--range', '^1'], 2, /excludes a tag/],
    ['two versions', ['oci://HOST/charts/app:1.0.0', '--version', '2.0.0'], 2, /not the tag/],
    ['no version offline', ['oci://HOST/charts/app', '--offline'], 2, /wants to be told/],
    ['control characters', ['oci://HOST/charts/a\u001b[31mpp'], 2, /no repository path/],
    ['a line break', ['oci://HOST/charts/app\nkind: Secret'], 2, /no repository path/],
    ['a login in the reference', ['oci://me:hunter2@HOST/app'], 2, /holds no user name/],
    ['a folder', ['./app'], 2, /not from a folder/],
    ['an archive', ['app-1.0.0.tgz'], 2, /not from a folder/],
    ['the address of an archive', ['https://HOST/app-1.0.0.tgz'], 2, /NAME --repo https/],
    ['values that are a folder', ['oci://HOST/charts/app', '-f', 'app'], 1, /read app: is a directory/],
    ['a bare name', ['app'], 2, /not a chart reference/],
    ['a repository that was not added', ['team/app'], 4, /repo team not found/],
    ['an oci address as --repo', ['app', '--repo', 'oci://HOST/charts'], 2, /classic repository/],
    [
      'a digest of a classic chart',
      ['app', '--repo', 'http://HOST/helm/charts', '--digest', 'sha256:a'],
      2,
      /no digests/,
    ],
    ['a namespace that is none', ['oci://HOST/charts/app', '-n', 'a: b'], 2, /--namespace/],
    ['a name that is none', ['oci://HOST/charts/app', '--name', 'My_App'], 2, /such as my-app/],
    [
      'values of two on standard input',
      ['oci://HOST/charts/app', '-f', '-', '--password-stdin'],
      2,
      /both read/,
    ],
    ['values that are not there', ['oci://HOST/charts/app', '-f', 'none.yaml'], 4, /none\.yaml/],
  ])('refuses %s', async (_, argv, code, message) => {
    const here = argv.map((word) => word.replace('HOST', shop.host))
    const tools = here.some((word) => word.startsWith('--repo')) ? ['argocd'] : ['argocd', 'flux']
    for (const tool of tools) {
      const called = await gitops(tool, ...here)
      expect([called.code, called.stdout]).toEqual([code, ''])
      expect(called.stderr).toMatch(message)
      expect(called.stderr).not.toMatch(/hunter2|\u001b/)
    }
  })

  it.each([
    [['--cluster', 'eu'], /takes NAME=URL[^]*--cluster eu=https:/],
    [['--cluster', 'eu=https://eu.test', '--cluster-label', 'a=b'], /exclude/],
    [['--cluster-values', 'eu=x.yaml'], /--cluster does not/],
    [['--cluster-label', 'a b=c'], /no label/],
    [['--cluster', 'eu=https://eu.test', '--server', 'https://x.test'], /for one cluster/],
    [['--form', 'oci', '--argocd-version', '3.0'], /does not read the oci form/],
    [['--argocd-version', '2.6'], /too old/],
    [['--form', 'classic'], /classic form/],
    [['--cluster', `${'x'.repeat(60)}=https://eu.test`], /too long/],
  ])('refuses %j for Argo CD', async (flags, message) => {
    const called = await gitops('argocd', app, ...flags)
    expect([called.code, called.stdout]).toEqual([2, ''])
    expect(called.stderr).toMatch(message)
  })

  it.each([
    [['--flux-version', '2.2'], /too old/],
    [['--interval', '5'], /not a duration/],
    [['--provider', 'ibm'], /choices/],
  ])('refuses %j for Flux', async (flags, message) => {
    const called = await gitops('flux', app, ...flags)
    expect([called.code, called.stdout]).toEqual([2, ''])
    expect(called.stderr).toMatch(message)
  })
})
