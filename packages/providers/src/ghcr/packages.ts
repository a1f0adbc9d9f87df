import { ChartroomError } from '@chartroom/errors'
import type { ApiAnswer, ApiCall } from '../api.ts'
import { apiError, callApi, endlessList, member, textMember } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { limits } from '../limits.ts'
import { firstSegment } from '../path.ts'
import { loginOf } from '../login-of.ts'
import { oncePerRun } from '../per-run.ts'
import type { RegistryPlace } from '../provider.ts'
import { apiOf } from './github.ts'

/** One version of a package: a manifest with the tags that point at it (GitHub REST, packages). */
export interface PackageVersion {
  readonly id: number
  readonly digest: string
  readonly tags: readonly string[]
}

/** `public`, `private` or `internal`; undefined where this login may not see the package. */
export async function packageVisibility(
  context: ProviderContext,
  place: RegistryPlace,
): Promise<string | undefined> {
  const answer = await ask(context, place, { method: 'GET', path: '' })
  return answer.status === 200 ? textMember(answer.body, 'visibility') : undefined
}

/** All versions, newest first. Throws by status where they may not be read. */
export async function packageVersions(
  context: ProviderContext,
  place: RegistryPlace,
): Promise<PackageVersion[]> {
  const versions: PackageVersion[] = []
  for (let page = 1; page <= limits.pages; page++) {
    const answer = await ask(context, place, { method: 'GET', path: `/versions?per_page=100&page=${page}` })
    if (answer.status !== 200) throw refusal(answer, place)
    const list: unknown[] = Array.isArray(answer.body) ? answer.body : []
    versions.push(...list.flatMap(versionOf))
    if (list.length < 100) return versions
  }
  throw endlessList(place.host, `versions of ${place.repository}`)
}

/** Removes a version, and with its last one the package, which GitHub does not leave empty. */
export async function deleteVersion(
  context: ProviderContext,
  place: RegistryPlace,
  { id, isLast }: PackageVersion & { readonly isLast: boolean },
): Promise<void> {
  const path = isLast ? '' : `/versions/${id}`
  const answer = await ask(context, place, { method: 'DELETE', path })
  if (answer.status !== 204) throw refusal(answer, place)
}

interface Question {
  readonly method: ApiCall['method']
  readonly path: string
}

// A user's packages and an organisation's have different addresses, and nothing in a path tells which it is.
async function ask(
  context: ProviderContext,
  place: RegistryPlace,
  { method, path }: Question,
): Promise<ApiAnswer> {
  const headers = await headersOf(context, place)
  const call = (kind: OwnerKind): Promise<ApiAnswer> =>
    callApi(context, { method, url: urlOf(place, kind, path), headers })
  return call(await ownerKind(context, place, headers))
}

type OwnerKind = 'orgs' | 'users'

function ownerKind(
  context: ProviderContext,
  { host, repository }: RegistryPlace,
  headers: Readonly<Record<string, string>>,
): Promise<OwnerKind> {
  const owner = firstSegment(repository)
  return oncePerRun(context, `github ${host} ${owner}`, async () => {
    const url = new URL(`${apiOf(host)}/users/${owner}`)
    const { body } = await callApi(context, { method: 'GET', url, headers })
    return textMember(body, 'type') === 'Organization' ? 'orgs' : 'users'
  })
}

function urlOf({ host, repository }: RegistryPlace, kind: string, path: string): URL {
  const owner = firstSegment(repository)
  const name = encodeURIComponent(repository.slice(owner.length + 1))
  return new URL(`${apiOf(host)}/${kind}/${owner}/packages/container/${name}${path}`)
}

async function headersOf(context: ProviderContext, place: RegistryPlace): Promise<Record<string, string>> {
  const { host } = place
  const credential = await loginOf(context, place)
  if (credential === undefined) {
    throw new ChartroomError('ANONYMOUS_REFUSED', 'GitHub shows packages to those who are logged in only', {
      origin: host,
      hint: `Log in: chartroom login ${host}.`,
    })
  }
  const token = credential.kind === 'basic' ? credential.password : credential.token
  return {
    authorization: `Bearer ${token.reveal()}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  }
}

function versionOf(entry: unknown): PackageVersion[] {
  const [id, digest] = [member(entry, 'id'), textMember(entry, 'name')]
  const tags = member(member(member(entry, 'metadata'), 'container'), 'tags')
  if (typeof id !== 'number' || digest === undefined) return []
  return [{ id, digest, tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [] }]
}

function refusal(answer: ApiAnswer, place: RegistryPlace): ChartroomError {
  const call: ApiCall = { method: 'GET', url: urlOf(place, 'users', '') }
  return apiError(
    answer,
    call,
    answer.status === 400
      ? 'GitHub keeps the last version that has a tag, and what was downloaded very often: delete the whole package on its page.'
      : 'The token needs read:packages to list versions and delete:packages to remove them, and its owner the role of an admin of the package.',
  )
}
