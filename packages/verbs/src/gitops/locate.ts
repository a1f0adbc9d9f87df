import { ChartroomError } from '@chartroom/errors'
import type { ChartPlace, Revision } from '@chartroom/gitops'
import { classicUrl } from '@chartroom/gitops'
import { parseConstraint, parseStrictVersion } from '@chartroom/go'
import type { Reference } from '@chartroom/oci'
import { isDigest, parseReference } from '@chartroom/oci'
import { tagToVersion, versionToTag } from '@chartroom/chart'
import type { Connections } from '../connection.ts'
import { openSource } from '../source/open.ts'
import { addedRepository } from './added-repository.ts'

export interface LocateOptions {
  /** Classic repository that a bare chart name is looked up in. */
  readonly repo?: string | undefined
  /** A version, or a range that is resolved now. */
  readonly version?: string | undefined
  /** Of the manifest; nothing is asked then. */
  readonly digest?: string | undefined
  /** A range that the tool is to follow; nothing is asked then. */
  readonly range?: string | undefined
  /** Asks nobody: the version is written as it stands. */
  readonly offline?: boolean | undefined
}

export interface LocatedChart {
  readonly place: ChartPlace
  readonly revision: Revision
}

/**
 * Where the chart of a reference lies, and which version is meant: the newest stable one, with its digest, where
 * nothing is said. Throws `USAGE`, `CHART_NOT_FOUND`, `VERSION_NOT_FOUND`.
 */
export async function locateChart(
  connections: Connections,
  name: string,
  options: LocateOptions,
): Promise<LocatedChart> {
  if ([options.digest, options.range].every((given) => given !== undefined))
    throw usage(
      '--digest and --range exclude each other',
      'A range is followed by the tool, a digest is one chart.',
    )
  if (name.startsWith('oci://')) return locateOci(connections, parseReference(name), { ...options, name })
  if (options.digest !== undefined) {
    throw usage(
      'a classic repository has no digests to pin',
      'Leave --digest out, or name a chart of a registry.',
    )
  }
  const place = await classicPlace(connections, name, options.repo)
  const { range, offline = false } = options
  if (range !== undefined) return { place, revision: { range: followed(range, options.version) } }
  if (offline) return { place, revision: { version: exact(options.version) } }
  const { version } = await resolve(connections, name, options)
  return { place, revision: { version } }
}

async function locateOci(
  connections: Connections,
  reference: Reference,
  options: LocateOptions & { readonly name: string },
): Promise<LocatedChart> {
  const { registry, repository, tag } = reference
  const { scheme, host } = connections.originOf(registry)
  const place: ChartPlace = { kind: 'oci', host, repository, plainHttp: scheme === 'http' }
  const { range, offline = false, name } = options
  if (range !== undefined) {
    if (tag !== undefined || reference.digest !== undefined)
      throw usage('--range excludes a tag and a digest in the reference', 'Give one of them.')
    return { place, revision: { range: followed(range, options.version) } }
  }
  const digest = digestOf(reference, options.digest)
  const version = writtenVersion(tag, options.version)
  if (digest !== undefined) return { place, revision: { digest, version } }
  if (offline) return { place, revision: { version: tag === undefined ? exact(version) : version } }
  const resolved = await resolve(connections, name, options)
  return { place, revision: { version: resolved.version, digest: resolved.manifestDigest } }
}

async function resolve(
  connections: Connections,
  name: string,
  { repo, version }: LocateOptions,
): Promise<{ version: string; manifestDigest?: string | undefined }> {
  const source = await openSource(connections, name, { repo })
  return source.resolve(version)
}

async function classicPlace(
  connections: Connections,
  name: string,
  repo: string | undefined,
): Promise<ChartPlace> {
  if (repo !== undefined) {
    if (repo.startsWith('oci://')) {
      throw usage(
        '--repo takes the address of a classic repository',
        `Write ${repo.replace(/\/+$/, '')}/NAME.`,
      )
    }
    return { kind: 'classic', url: classicUrl('--repo', repo), chart: chartOf(name) }
  }
  if (/^https?:\/\//i.test(name)) {
    throw usage(
      'a cluster is told the repository and the name of a chart, not the address of an archive',
      'Write NAME --repo https://HOST/PATH, with --version where one is meant.',
    )
  }
  if (/^[./~]|\\|\.tgz$/.test(name)) {
    throw usage(
      'a cluster fetches charts from registries and repositories, not from a folder of this machine',
      'Publish it first: chartroom publish ./chart --to oci://HOST/PATH.',
    )
  }
  const added = await addedRepository(connections, name)
  if (added !== undefined)
    return { kind: 'classic', url: classicUrl('--repo', added.url), chart: chartOf(name.split('/')[1] ?? '') }
  // Says what is wrong with the reference.
  await openSource(connections, name, {})
  throw usage(`${name} is not a chart reference`, 'Write oci://HOST/PATH/NAME.')
}

/** Source: helm's rule for the name in Chart.yaml. */
function chartOf(name: string): string {
  if (name.length <= 250 && /^[a-zA-Z0-9._-]+$/.test(name)) return name
  throw usage(
    `${JSON.stringify(name.slice(0, 80))} is not the name of a chart`,
    'Letters, digits, dots, _ and - make one.',
  )
}

function followed(range: string, version: string | undefined): string {
  if (version !== undefined) throw usage('--range and --version exclude each other', 'Give one of the two.')
  parseConstraint(range)
  return range.trim()
}

function digestOf({ digest }: Reference, given: string | undefined): string | undefined {
  if (given === undefined) return digest
  if (!isDigest(given)) throw usage('--digest is not a digest', 'Write sha256: and 64 hexadecimal digits.')
  if (digest === undefined || digest === given) return given
  throw usage('--digest is not the digest of the reference', 'Give one of the two.')
}

/** What stands beside a digest for the reader, or is written without being looked for. */
function writtenVersion(tag: string | undefined, version: string | undefined): string | undefined {
  if (version === undefined) return tag === undefined ? undefined : tagToVersion(tag)
  if (tag === undefined || versionToTag(version) === tag) return version
  throw usage(`--version ${version} is not the tag ${tag} of the reference`, 'Give one of the two.')
}

function exact(version: string | undefined): string {
  if (version !== undefined && parseStrictVersion(version) !== undefined) return version
  throw usage('--offline wants to be told the version', 'Give --version 1.2.3, --digest or --range.')
}

function usage(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { hint })
}
