import { ChartroomError } from '@chartroom/errors'
import { checkName, objectName } from '../name.ts'
import type { Generated, ObjectMetadata } from '../object.ts'
import { releaseName } from '../options.ts'
import type { Revision } from '../place.ts'
import { chartName, semanticVersion } from '../place.ts'
import { fluxAbilities } from '../tool-versions.ts'
import { inspectValues } from '../values.ts'
import { helmRelease } from './helm-release.ts'
import { helmRepository } from './helm-repository.ts'
import { fluxNotes } from './notes.ts'
import { ociRepository } from './oci-repository.ts'
import type { FluxOptions } from './options.ts'

/** The source and the HelmRelease that install a chart. Throws `USAGE`, `VALUES_INVALID`, `LIMIT_EXCEEDED`. */
export function fluxObjects(options: FluxOptions): Generated {
  const { place, revision, values } = options
  const abilities = fluxAbilities(options.version)
  const traits = inspectValues(values)
  const name = objectName(options.name, chartName(place))
  const metadata: ObjectMetadata = { name, namespace: fluxNamespace(options) }
  const secretName =
    options.secretName === undefined ? undefined : checkName('--secret-name', options.secretName)
  const parts = { metadata, interval: intervalOf(options), secretName, provider: options.provider }
  const usesRepository = place.kind === 'classic' || options.helmRepository === true
  const source =
    place.kind === 'oci' && !usesRepository
      ? ociRepository(place, revision, { ...parts, apiVersion: abilities.ociRepository })
      : helmRepository(place, { ...parts, apiVersion: abilities.helmRepository })
  const release = helmRelease({
    apiVersion: abilities.helmRelease,
    metadata: { ...metadata, ...(traits.hasDollar ? { annotations: unsubstituted } : {}) },
    interval: parts.interval,
    releaseName: releaseName(options, name),
    targetNamespace: checkName('--namespace', options.namespace),
    values,
    chart: usesRepository
      ? { kind: 'HelmRepository', name, chart: chartName(place), version: chartVersion(revision) }
      : { kind: 'OCIRepository', name },
  })
  return {
    objects: [source, release],
    notes: fluxNotes({ usesRepository, place, revision, traits, access: parts }),
  }
}

/** Or a Kustomization with `postBuild` would replace `${NAME}` in the values. */
const unsubstituted = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' }

export function fluxNamespace({
  fluxNamespace: given = 'flux-system',
}: Pick<FluxOptions, 'fluxNamespace'>): string {
  return checkName('--flux-namespace', given)
}

function chartVersion({ version, range, digest }: Revision): string {
  if (range !== undefined) return range
  if (version !== undefined) return semanticVersion(version)
  if (digest === undefined) {
    throw new ChartroomError('USAGE', 'no version was given', { hint: 'Give --version or --range.' })
  }
  throw new ChartroomError('USAGE', 'a chart of a HelmRepository cannot be pinned by digest', {
    hint: 'Leave --helm-repository out, or give --version too.',
  })
}

/** Source: the pattern of `interval` in the CRDs of source-controller. */
function intervalOf({ interval = '10m' }: FluxOptions): string {
  if (interval.length <= 64 && /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(interval)) return interval
  throw new ChartroomError('USAGE', '--interval is not a duration', { hint: 'Write 30s, 10m or 1h30m.' })
}
