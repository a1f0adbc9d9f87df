import { parseYaml, toValue } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { KubernetesObject, Values } from '../object.ts'
import type { ApplicationSetOptions } from './application-set.ts'
import { argoCdApplicationSet } from './application-set.ts'

const common = { text: '{{ .Values.x }}', big: 9007199254740991, nothing: null, flag: 'yes' }
const options: ApplicationSetOptions = {
  place: { kind: 'oci', host: 'ghcr.io', repository: 'me/charts/app', plainHttp: false },
  revision: { version: '1.0.0', digest: `sha256:${'a'.repeat(64)}` },
  values: toValue(common) as Values,
  namespace: 'app',
  clusters: [
    { name: 'eu', url: 'https://eu.test:6443' },
    { name: 'us', url: 'https://us.test' },
  ],
}

interface ApplicationSet extends KubernetesObject {
  readonly spec: {
    readonly generators: readonly [{ list?: { elements: Record<string, string>[] }; clusters?: object }]
    readonly template: { metadata: { name: string }; spec: { source: { helm: { values?: string } } } }
  }
}

function made(more: Partial<ApplicationSetOptions> = {}): ApplicationSet['spec'] {
  const [object] = argoCdApplicationSet({ ...options, ...more }).objects
  return (object as ApplicationSet).spec
}

describe('argoCdApplicationSet', () => {
  it('names an Application for each cluster, and escapes what Go would take for a template', () => {
    const { generators, template } = made()
    expect(generators).toEqual([
      {
        list: {
          elements: [
            { name: 'eu', server: 'https://eu.test:6443' },
            { name: 'us', server: 'https://us.test' },
          ],
        },
      },
    ])
    expect(template.metadata.name).toBe('app-{{ .name }}')
    const text = template.spec.source.helm.values ?? ''
    expect(text).toContain('{{ "{{" }} .Values.x }}')
    expect(parseYaml(text.replaceAll('{{ "{{" }}', '{{'))).toEqual(common)
  })

  it('gives each cluster its own values, which no template touches', () => {
    const { generators, template } = made({
      clusters: [
        { name: 'eu', url: 'https://eu.test', values: toValue({ ...common, flag: 'no' }) as Values },
        { name: 'us', url: 'https://us.test' },
      ],
    })
    expect(template.spec.source.helm.values).toBe('{{ .helmValues }}')
    expect(generators[0].list?.elements.map(({ helmValues }) => parseYaml(helmValues ?? ''))).toEqual([
      { ...common, flag: 'no' },
      common,
    ])
  })

  it.each([
    [new Map<string, string>(), {}],
    [new Map([['env', 'prod']]), { selector: { matchLabels: { env: 'prod' } } }],
  ])('takes the clusters that Argo CD knows', (clusterLabels, clusters) => {
    const { generators, template } = made({ clusters: [], clusterLabels, values: new Map() })
    expect(generators).toEqual([{ clusters }])
    expect(template.metadata.name).toBe('app-{{ .nameNormalized }}')
    expect(template.spec.source.helm.values).toBeUndefined()
  })

  it.each([
    ['twice', [options.clusters[0], options.clusters[0]]],
    ['no label', [{ name: 'EU', url: 'https://eu.test' }]],
    ['too long', [{ name: 'x'.repeat(60), url: 'https://eu.test' }]],
    ['an address', [{ name: 'eu', url: 'eu.test' }]],
  ])('refuses clusters: %s', (_, clusters) => {
    expect(() => made({ clusters: clusters as ApplicationSetOptions['clusters'] })).toThrow(
      expect.objectContaining({ code: 'USAGE' }),
    )
  })

  it('leaves what was installed when an Application goes, unless that is asked for', () => {
    expect(made()).toMatchObject({ syncPolicy: { preserveResourcesOnDeletion: true } })
    expect(made({ cascade: true })).not.toHaveProperty('syncPolicy')
    expect(made({ cascade: true }).template.metadata).toHaveProperty('finalizers')
  })

  it('refuses more clusters than fit', () => {
    const clusters = Array.from({ length: limits.clusters + 1 }, (_, i) => ({
      name: `c${i}`,
      url: 'https://c.test',
    }))
    expect(() => made({ clusters })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })
})
