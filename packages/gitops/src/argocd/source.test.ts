import { describe, expect, it } from 'vitest'
import type { OciPlace } from '../place.ts'
import { argoCdSource, repositoryUrl } from './source.ts'

const digest = `sha256:${'a'.repeat(64)}`
const place: OciPlace = { kind: 'oci', host: 'ghcr.io', repository: 'me/charts/app', plainHttp: false }
const classic = { kind: 'classic', url: 'https://example.com/charts', chart: 'app' } as const

describe('argoCdSource', () => {
  it.each([
    [{ version: '1.0.0' }, '1.0.0'],
    [{ version: '1.0.0+b1' }, '1.0.0_b1'],
    [{ version: '1.0.0', digest }, digest],
    [{ digest }, digest],
    [{ range: '^1.2' }, '^1.2'],
  ])('names %j in the oci form', (revision, targetRevision) => {
    expect(argoCdSource(place, revision, 'oci')).toEqual({
      repoURL: 'oci://ghcr.io/me/charts/app',
      path: '.',
      targetRevision,
    })
  })

  it.each([
    [{ version: '1.0.0' }, '1.0.0'],
    [{ version: '1.0.0+b1' }, '1.0.0+b1'],
    [{ version: '1.0.0', digest }, '1.0.0'],
    [{ range: '>=1.0.0 <2.0.0' }, '>=1.0.0 <2.0.0'],
  ])('names %j in the classic form, without a scheme', (revision, targetRevision) => {
    expect(argoCdSource(place, revision, 'classic')).toEqual({
      repoURL: 'ghcr.io/me/charts',
      chart: 'app',
      targetRevision,
    })
  })

  it('never has oci:// beside chart', () => {
    for (const form of ['oci', 'classic'] as const) {
      const { repoURL, chart } = argoCdSource(place, { version: '1.0.0' }, form)
      expect(repoURL.startsWith('oci://')).toBe(chart === undefined)
    }
  })

  it('names a classic repository by its address', () => {
    expect(argoCdSource(classic, { version: '1.0.0' }, 'classic')).toEqual({
      repoURL: 'https://example.com/charts',
      chart: 'app',
      targetRevision: '1.0.0',
    })
  })

  it.each([
    ['a digest alone', place, { digest }, 'classic', /takes no digest/],
    ['a tag that is no version', place, { version: 'latest' }, 'classic', /no semantic version/],
    ['nothing', place, {}, 'oci', /no version/],
    ['the oci form of a classic repository', classic, { version: '1.0.0' }, 'oci', /no oci form/],
    ['HTTP', { ...place, plainHttp: true }, { version: '1.0.0' }, 'classic', /speaks HTTPS alone/],
    ['an IP with a port', { ...place, host: '10.0.0.1:5000' }, { version: '1.0.0' }, 'classic', /no address/],
    ['a range that Argo CD reads as a tag', place, { range: '1' }, 'oci', /reads 1 as a version/],
  ] as const)('refuses %s with a way out', (_, where, revision, form, message) => {
    const error = expect.objectContaining({ code: 'USAGE', hint: expect.stringMatching(/./) })
    expect(() => argoCdSource(where, revision, form)).toThrow(error)
    expect(() => argoCdSource(where, revision, form)).toThrow(message)
  })

  it('has a chart at the root of its registry', () => {
    expect(repositoryUrl({ ...place, repository: 'app' }, 'classic')).toBe('ghcr.io')
  })
})
