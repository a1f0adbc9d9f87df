import { toValue } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import type { Values } from '../object.ts'
import { fluxObjects } from './flux.ts'
import type { FluxOptions } from './options.ts'

const digest = `sha256:${'a'.repeat(64)}`
const options: FluxOptions = {
  place: { kind: 'oci', host: 'ghcr.io', repository: 'me/charts/app', plainHttp: false },
  revision: { version: '1.0.0+b1', digest },
  values: toValue({ replicas: 2 }) as Values,
  namespace: 'app',
}
const metadata = { name: 'app', namespace: 'flux-system' }

describe('fluxObjects', () => {
  it('gives an OCIRepository that is the chart, and a HelmRelease that refers to it', () => {
    const { objects, notes } = fluxObjects(options)
    expect(objects).toEqual([
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'OCIRepository',
        metadata,
        spec: {
          interval: '10m',
          url: 'oci://ghcr.io/me/charts/app',
          ref: { tag: '1.0.0_b1', digest },
          layerSelector: {
            mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
            operation: 'copy',
          },
        },
      },
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata,
        spec: {
          interval: '10m',
          releaseName: 'app',
          targetNamespace: 'app',
          install: { createNamespace: true },
          chartRef: { kind: 'OCIRepository', ...metadata },
          values: options.values,
        },
      },
    ])
    expect(notes).toEqual([])
  })

  it('gives a HelmRepository of type oci on request, and says that it is not pinned', () => {
    const { objects, notes } = fluxObjects({ ...options, helmRepository: true })
    expect(objects).toMatchObject([
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'HelmRepository',
        spec: { type: 'oci', url: 'oci://ghcr.io/me/charts' },
      },
      {
        spec: {
          chart: {
            spec: { chart: 'app', version: '1.0.0+b1', sourceRef: { kind: 'HelmRepository', ...metadata } },
          },
        },
      },
    ])
    expect(notes.join()).toMatch(/HelmRepository cannot be pinned by digest/)
  })

  it('gives a HelmRepository for a classic repository', () => {
    const place = { kind: 'classic', url: 'https://example.com/charts', chart: 'app' } as const
    const { objects, notes } = fluxObjects({
      ...options,
      place,
      revision: { version: '1.0.0' },
      secretName: 's',
    })
    expect(objects[0]).toMatchObject({
      kind: 'HelmRepository',
      spec: { interval: '10m', url: 'https://example.com/charts', secretRef: { name: 's' } },
    })
    expect(objects[0]).not.toHaveProperty('spec.type')
    expect(notes.join()).toMatch(/classic repository cannot be pinned/)
  })

  it.each([
    [{ version: '1.0.0' }, { tag: '1.0.0' }],
    [{ range: '^1.2' }, { semver: '^1.2' }],
    [{ digest }, { digest }],
  ])('says %j as Flux does', (revision, ref) => {
    expect(fluxObjects({ ...options, revision }).objects[0]).toMatchObject({ spec: { ref } })
  })

  it.each([
    ['a Secret', { secretName: 'app-login' }, { secretRef: { name: 'app-login' } }],
    ['HTTP', { place: { ...options.place, plainHttp: true } as FluxOptions['place'] }, { insecure: true }],
    ['a cloud', { provider: 'aws' }, { provider: 'aws' }],
  ] as const)('gets in by %s', (_, more, spec) => {
    for (const helmRepository of [true, false])
      expect(fluxObjects({ ...options, ...more, helmRepository }).objects[0]).toMatchObject({ spec })
  })

  it('lets no Kustomization put its variables into the values', () => {
    const values = toValue({ a: '${HOME}' }) as Values
    expect(fluxObjects({ ...options, values }).objects[1]?.metadata.annotations).toEqual({
      'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
    })
  })

  it.each([
    ['a range', { revision: { range: '^1' } }, /installs the newest version/],
    ['a tag', { revision: { version: '1.0.0' } }, /can move it/],
    ['a null', { values: toValue({ a: null }) as Values }, /server-side/],
  ])('says what the objects do not show of %s', (_, more, note) => {
    expect(fluxObjects({ ...options, ...more }).notes.join('\n')).toMatch(note)
  })

  it.each([
    ['--flux-namespace', { fluxNamespace: 'A' }],
    ['--namespace', { namespace: '' }],
    ['--release-name', { releaseName: 'x'.repeat(54) }],
    ['--secret-name', { secretName: 'a b' }],
    ['--interval', { interval: 'often' }],
    ['--interval', { interval: `${'1h'.repeat(40)}` }],
    ['digest', { helmRepository: true, revision: { digest } }],
    ['no semantic version', { revision: { version: 'latest' }, helmRepository: true }],
    ['no version', { revision: {} }],
    ['no version', { revision: {}, helmRepository: true }],
  ])('refuses a bad value for %s', (flag, more) => {
    expect(() => fluxObjects({ ...options, ...more })).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(flag) }),
    )
  })
})
