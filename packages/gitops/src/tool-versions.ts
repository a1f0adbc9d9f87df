import { ChartroomError } from '@chartroom/errors'

/** Today's versions of the tools, which objects are made for without being told. */
export const defaultToolVersions = { argocd: '3.4', flux: '2.9' } as const

export interface ToolVersion {
  readonly major: number
  readonly minor: number
}

/** What Argo CD of a version reads. */
export interface ArgoCdAbilities {
  readonly apiVersion: 'argoproj.io/v1alpha1'
  /** Sources `oci://HOST/PATH` with `path`, which can be pinned by digest. */
  readonly nativeOci: boolean
}

/** What Flux of a version serves. */
export interface FluxAbilities {
  readonly helmRelease: string
  readonly helmRepository: string
  readonly ociRepository: string
}

/** `3.4`, `v3.4`, `3.4.2`. Throws `USAGE` that names the flag and the usual version. */
function parseToolVersion(flag: string, text: string, usual: string): ToolVersion {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.\d{1,6}(?:[-+][\w.+-]{0,64})?)?$/.exec(text)
  if (match === null) {
    throw new ChartroomError('USAGE', `${flag} ${JSON.stringify(text.slice(0, 80))} is not a version`, {
      hint: `Write it as in ${flag} ${usual}.`,
    })
  }
  return { major: Number(match[1]), minor: Number(match[2]) }
}

/**
 * Source: `ApplicationSourceHelm` in pkg/apis/application/v1alpha1 has `valuesObject` from v2.8.0; `IsOCI` of
 * `ApplicationSource` is there from v3.1.0.
 */
export function argoCdAbilities(text: string = defaultToolVersions.argocd): ArgoCdAbilities {
  const version = parseToolVersion('--argocd-version', text, defaultToolVersions.argocd)
  if (isBefore(version, { major: 2, minor: 8 })) {
    throw tooOld('Argo CD', text, '2.8, the first with valuesObject')
  }
  return { apiVersion: 'argoproj.io/v1alpha1', nativeOci: !isBefore(version, { major: 3, minor: 1 }) }
}

/**
 * Source: the CRDs of source-controller and helm-controller. HelmRepository v1 and HelmRelease v2 with `chartRef` are
 * served from Flux 2.3, OCIRepository v1 from 2.6, of which v1beta2 is gone since 2.8.
 */
export function fluxAbilities(text: string = defaultToolVersions.flux): FluxAbilities {
  const version = parseToolVersion('--flux-version', text, defaultToolVersions.flux)
  if (isBefore(version, { major: 2, minor: 3 })) {
    throw tooOld('Flux', text, '2.3, the first with HelmRelease v2 and chartRef')
  }
  const isStable = !isBefore(version, { major: 2, minor: 6 })
  return {
    helmRelease: 'helm.toolkit.fluxcd.io/v2',
    helmRepository: 'source.toolkit.fluxcd.io/v1',
    ociRepository: `source.toolkit.fluxcd.io/${isStable ? 'v1' : 'v1beta2'}`,
  }
}

function isBefore(a: ToolVersion, b: ToolVersion): boolean {
  return a.major < b.major || (a.major === b.major && a.minor < b.minor)
}

function tooOld(tool: string, text: string, oldest: string): ChartroomError {
  return new ChartroomError('USAGE', `${tool} ${text} is too old for the objects that chartroom writes`, {
    hint: `They are read from ${tool} ${oldest}: upgrade it.`,
  })
}
