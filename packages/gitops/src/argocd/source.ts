import { ChartroomError } from '@chartroom/errors'
import { parseStrictVersion, parseVersion } from '@chartroom/go'
import type { Values } from '../object.ts'
import type { ChartPlace, OciPlace, Revision } from '../place.ts'
import { parentPath, semanticVersion, tagOf } from '../place.ts'

/**
 * `oci`: `repoURL: oci://HOST/PATH/NAME` with `path: .`. `classic`: `repoURL` of the repository, without a scheme where
 * that is a registry, and `chart: NAME`.
 */
export type ArgoCdForm = 'classic' | 'oci'

/** Where Argo CD fetches a chart, and which one. */
export interface ArgoCdSource {
  readonly repoURL: string
  readonly chart?: string | undefined
  readonly path?: string | undefined
  readonly targetRevision: string
}

/** The `source` of an Application. Throws `USAGE` for what this form cannot say. */
export function argoCdSource(place: ChartPlace, revision: Revision, form: ArgoCdForm): ArgoCdSource {
  checkRange(revision.range)
  const repoURL = repositoryUrl(place, form)
  if (place.kind === 'oci' && form === 'oci')
    return { repoURL, path: '.', targetRevision: ociRevision(revision) }
  return { repoURL, chart: chartOf(place), targetRevision: classicRevision(revision) }
}

/**
 * The address as Application and credential both have it: Argo CD compares them as texts. Throws `USAGE`.
 */
export function repositoryUrl(place: ChartPlace, form: ArgoCdForm): string {
  if (place.kind === 'classic') {
    if (form === 'classic') return place.url
    throw usage('a classic repository has no oci form', 'Leave --form out, or name a chart of a registry.')
  }
  if (form === 'oci') return `oci://${place.host}/${place.repository}`
  checkClassicHost(place)
  return parentPath(place)
}

function chartOf(place: ChartPlace): string {
  return place.kind === 'classic'
    ? place.chart
    : place.repository.slice(place.repository.lastIndexOf('/') + 1)
}

// Argo CD reads an address without scheme as a URL (IsHelmOciRepo): one that begins with digits and a colon is none.
function checkClassicHost({ host, plainHttp }: OciPlace): void {
  const hint = 'Use --form oci, which Argo CD 3.1 and newer read.'
  if (/^(?:[^a-z].*:|\[)/i.test(host)) {
    throw usage(`Argo CD takes no address such as ${host} in its classic form`, hint)
  }
  if (plainHttp) {
    throw usage(`Argo CD speaks HTTPS alone to ${host} in its classic form, and this registry HTTP`, hint)
  }
}

// Source: IsConstraint in util/versions of v3.4.0: what can be read as a version is none.
function checkRange(range: string | undefined): void {
  if (range === undefined || parseVersion(range) === undefined || parseStrictVersion(range) !== undefined)
    return
  throw usage(
    `Argo CD reads ${range} as a version, not as a range`,
    `Write --range "${range.replace(/^v/, '')}.x".`,
  )
}

/** A digest wins; a `+` becomes `_`, because this form takes what it is given for a tag. */
function ociRevision({ digest, version, range }: Revision): string {
  const revision = digest ?? range ?? (version === undefined ? undefined : tagOf(version))
  return revision ?? missing()
}

function classicRevision({ digest, version, range }: Revision): string {
  if (range !== undefined) return range
  if (version !== undefined) return semanticVersion(version)
  if (digest === undefined) return missing()
  throw usage(
    'Argo CD takes no digest in its classic form',
    'Give --version too, or use --form oci, which Argo CD 3.1 and newer read.',
  )
}

function missing(): never {
  throw usage('no version was given', 'Give --version, --range or --digest.')
}

function usage(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { hint })
}

/** The `helm` part of a source, for one Application. */
export function helmPart(releaseName: string, values: Values): Readonly<Record<string, unknown>> {
  return { releaseName, ...(values.size === 0 ? {} : { valuesObject: values }) }
}
