import { ChartroomError } from '@chartroom/errors'
import { parseVersion } from '@chartroom/go'

/** A chart in a registry. */
export interface OciPlace {
  readonly kind: 'oci'
  /** With the port, where it has one. */
  readonly host: string
  /** The path with the chart's name at its end. */
  readonly repository: string
  readonly plainHttp: boolean
}

/** A chart of a classic repository. */
export interface ClassicPlace {
  readonly kind: 'classic'
  /** http or https, without user name and password. */
  readonly url: string
  readonly chart: string
}

export type ChartPlace = OciPlace | ClassicPlace

/** Which of a chart's versions is meant. A digest wins over a tag, a range is followed by the tool itself. */
export interface Revision {
  readonly version?: string | undefined
  /** `sha256:...` of the manifest. */
  readonly digest?: string | undefined
  readonly range?: string | undefined
}

/** The name that the chart has at its place. */
export function chartName(place: ChartPlace): string {
  return place.kind === 'classic'
    ? place.chart
    : place.repository.slice(place.repository.lastIndexOf('/') + 1)
}

/** `HOST/PATH` above the chart. Throws `USAGE` for a chart that lies at the root of its registry. */
export function parentPath({ host, repository }: OciPlace): string {
  const slash = repository.lastIndexOf('/')
  return slash < 0 ? host : `${host}/${repository.slice(0, slash)}`
}

/** An address of a classic repository as objects carry it. Throws `USAGE` that names the flag. */
export function classicUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ChartroomError('USAGE', `${flag} is not an address of http or https`, {
      hint: `Write it as in ${flag} https://HOST/PATH.`,
    })
  }
  if (url.username !== '' || url.password !== '') {
    throw new ChartroomError('USAGE', `the address of ${flag} holds no user name and password`, {
      hint: 'Give --username and --password-stdin: the login goes into a Secret, for gitops with --secret.',
    })
  }
  return url.href.replace(/\/$/, '')
}

/**
 * A version for those who read no other tags: helm, and what uses it, takes a semantic version or a range.
 * Throws `USAGE`.
 */
export function semanticVersion(version: string): string {
  if (parseVersion(version) !== undefined) return version
  throw new ChartroomError('USAGE', `${version} is a tag, and no semantic version`, {
    hint: 'Give --version 1.2.3, or leave --offline out: the version is looked up then.',
  })
}

/** A version as a tag: registries know no `+`. */
export function tagOf(version: string): string {
  return version.replaceAll('+', '_')
}
