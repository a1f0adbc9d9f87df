import { join, normalize, resolve } from 'node:path'
import type { Dependency } from '@chartroom/chart'
import { ChartroomError, redactUrl } from '@chartroom/errors'
import type { AddedRepository } from '@chartroom/repository/node'

/** Where a dependency comes from: it lies in `charts/`, in a folder, in an OCI registry or a classic repository. */
export type Origin = 'charts' | 'folder' | 'registry' | 'repository'

export function originOf({ repository }: Pick<Dependency, 'repository'>): Origin {
  if (repository === '') return 'charts'
  if (repository.startsWith('file://')) return 'folder'
  return repository.startsWith('oci://') ? 'registry' : 'repository'
}

/** The folder that `file://` means, relative to the chart. */
export function folderOf({ repository }: Pick<Dependency, 'repository'>, chartFolder: string): string {
  const path = repository.replace(/^file:\/\//, '')
  return path.startsWith('/') ? resolve(path) : join(chartFolder, path)
}

/**
 * The dependencies with the URLs that `@NAME` and `alias:NAME` stand for, as a lock has them. Throws
 * `NOT_FOUND` for what is neither a URL nor an added repository.
 */
export function withUrls(
  dependencies: readonly Dependency[],
  added: readonly AddedRepository[],
): Dependency[] {
  const named = dependencies.map((one) => withUrl(one, added))
  const missing = dependencies.filter((_, position) => named[position] === undefined)
  if (missing.length > 0) throw noDefinition(missing.map(({ repository }) => repository))
  return named.filter((one) => one !== undefined)
}

/** The added repository of this address, the first of several. */
export function addedAt(url: string, added: readonly AddedRepository[]): AddedRepository | undefined {
  return added.find((one) => sameUrl(one.url, url))
}

function withUrl(dependency: Dependency, added: readonly AddedRepository[]): Dependency | undefined {
  const { repository } = dependency
  if (originOf(dependency) !== 'repository') return dependency
  const name = aliasOf(repository)
  const known = name === undefined ? undefined : added.find((one) => one.name === name)
  if (known !== undefined) return { ...dependency, repository: known.url }
  if (/^https?:\/\//i.test(repository) || addedAt(repository, added) !== undefined) return dependency
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(repository)) throw foreignScheme(dependency)
  return undefined
}

function aliasOf(repository: string): string | undefined {
  return /^(?:@|alias:)(.*)$/s.exec(repository)?.[1]
}

/** A repository as it is shown and recorded: as written, but without a login and without tokens in its query. */
export function shownRepository(repository: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]*@|\?/i.test(repository)) return repository
  return redactUrl(repository)
}

/** Equal but for slashes and dots in the path. */
export function sameUrl(a: string, b: string): boolean {
  if (!URL.canParse(a) || !URL.canParse(b)) return normalize(a) === normalize(b)
  return cleanUrl(a) === cleanUrl(b)
}

function cleanUrl(text: string): string {
  const url = new URL(text)
  url.pathname = `/${url.pathname.split('/').filter(Boolean).join('/')}`
  return url.href
}

function foreignScheme({ name, repository }: Dependency): ChartroomError {
  const scheme = repository.slice(0, repository.indexOf('://') + 3)
  return new ChartroomError(
    'UNSUPPORTED',
    `dependency ${JSON.stringify(name)}: chartroom does not read ${scheme} repositories`,
    { hint: 'Helm may, with a plugin: helm dependency update.' },
  )
}

function noDefinition(repositories: readonly string[]): ChartroomError {
  const [first = ''] = repositories
  const alias = aliasOf(first)
  const hint =
    alias === undefined
      ? 'A repository is a URL, oci://HOST/PATH, file://FOLDER, or @NAME of one that was added.'
      : `Add it: chartroom repo add ${alias} URL.`
  return new ChartroomError(
    'NOT_FOUND',
    `no repository definition for ${repositories.map(shownRepository).join(', ')}`,
    { hint },
  )
}
