import { describe, expect, it } from 'vitest'
import { argoCdAbilities, defaultToolVersions, fluxAbilities } from './tool-versions.ts'

describe('the versions of tools', () => {
  it.each([
    ['2.8', false],
    ['2.14.3', false],
    ['3.0', false],
    ['3.1', true],
    ['v3.4.0', true],
    ['3.10', true],
    ['4.0', true],
  ])('of Argo CD %s say whether it reads oci sources', (version, nativeOci) => {
    expect(argoCdAbilities(version).nativeOci).toBe(nativeOci)
  })

  it.each([
    ['2.3', 'v1beta2'],
    ['2.5.1', 'v1beta2'],
    ['2.6', 'v1'],
    ['2.8', 'v1'],
    [defaultToolVersions.flux, 'v1'],
  ])('of Flux %s say which OCIRepository it serves', (version, served) => {
    expect(fluxAbilities(version)).toEqual({
      helmRelease: 'helm.toolkit.fluxcd.io/v2',
      helmRepository: 'source.toolkit.fluxcd.io/v1',
      ociRepository: `source.toolkit.fluxcd.io/${served}`,
    })
  })

  it.each([
    ['Argo CD', () => argoCdAbilities('2.7')],
    ['Flux', () => fluxAbilities('2.2.9')],
    ['Flux', () => fluxAbilities('0.41')],
  ])('that are too old are refused with a way out: %s', (tool, act) => {
    expect(act).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining(`${tool} 2.`) }),
    )
  })

  it.each(['', '3', 'latest', '3.x', '3.4.0.1', '-1.0', '3.4\n', `3.4.0-${'a'.repeat(100)}`])(
    'are no %j, and the error names the flag and the usual version',
    (text) => {
      expect(() => argoCdAbilities(text)).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: expect.stringMatching(/^--argocd-version ".*" is not a version$/),
          hint: `Write it as in --argocd-version ${defaultToolVersions.argocd}.`,
        }),
      )
      expect(() => fluxAbilities(text)).toThrow(
        expect.objectContaining({ hint: `Write it as in --flux-version ${defaultToolVersions.flux}.` }),
      )
    },
  )
})
