import { ChartroomError } from '@chartroom/errors'
import type { Credential } from '@chartroom/oci'
import type { ApiAnswer, ApiCall } from '../api.ts'
import { apiError, callApi, endlessList, member, textMember } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { limits } from '../limits.ts'
import { loginOf } from '../login-of.ts'
import { forgetInRun, oncePerRun } from '../per-run.ts'
import type { RegistryPlace } from '../provider.ts'

const hub = 'https://hub.docker.com'

export interface HubTag {
  readonly name: string
  readonly digest: string
}

/** All tags, by Docker Hub's own interface. */
export async function hubTags(context: ProviderContext, place: RegistryPlace): Promise<HubTag[]> {
  const tags: HubTag[] = []
  for (let page = 1; page <= limits.pages; page++) {
    const path = `/v2/repositories/${place.repository}/tags?page_size=100&page=${page}`
    const answer = await callHub(context, place, { method: 'GET', path })
    if (answer.status === 404) return tags
    if (answer.status !== 200) throw hubError(answer, 'GET', path)
    for (const entry of [member(answer.body, 'results')].flat()) {
      const [name, digest] = [textMember(entry, 'name'), textMember(entry, 'digest')]
      if (name !== undefined && digest !== undefined) tags.push({ name, digest })
    }
    if (textMember(answer.body, 'next') === undefined) return tags
  }
  throw endlessList(place.host, `tags of ${place.repository}`)
}

/** A tag is removed here, because the registry takes no deletes. */
export async function deleteHubTag(
  context: ProviderContext,
  place: RegistryPlace,
  tag: string,
): Promise<void> {
  const path = `/v2/repositories/${place.repository}/tags/${encodeURIComponent(tag)}/`
  const answer = await callHub(context, place, { method: 'DELETE', path })
  if ([200, 202, 204, 404].includes(answer.status)) return
  if (answer.status !== 403) throw hubError(answer, 'DELETE', path)
  throw new ChartroomError(
    'FORBIDDEN',
    `Docker Hub does not let this login remove ${place.repository}:${tag}`,
    {
      op: 'delete',
      origin: place.host,
      hint: 'Use an access token with the right to delete; a tag that is immutable stays.',
    },
  )
}

/** Calls Docker Hub's own interface. */
export async function callHub(
  context: ProviderContext,
  place: RegistryPlace,
  { method, path }: { readonly method: ApiCall['method']; readonly path: string },
): Promise<ApiAnswer> {
  const token = await hubToken(context, place)
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return callApi(context, { method, url: new URL(`${hub}${path}`), headers })
}

function hubError(answer: ApiAnswer, method: ApiCall['method'], path: string): ChartroomError {
  return apiError(answer, { method, url: new URL(`${hub}${path}`) }, 'Try again later.')
}

interface HubToken {
  readonly value: string
  /** Milliseconds since the epoch. */
  readonly until: number
}

/** What the registry's login buys; undefined without one, because what is public can be asked for all the same. */
async function hubToken(context: ProviderContext, place: RegistryPlace): Promise<string | undefined> {
  const credential = await loginOf(context, place)
  if (credential?.kind !== 'basic') return undefined
  const key = `hub ${credential.username}`
  const known = await oncePerRun(context, key, () => buyToken(context, place, credential))
  if (known.until > context.now()) return known.value
  forgetInRun(context, key)
  return (await oncePerRun(context, key, () => buyToken(context, place, credential))).value
}

async function buyToken(
  context: ProviderContext,
  { host }: RegistryPlace,
  { username, password, source }: Extract<Credential, { kind: 'basic' }>,
): Promise<HubToken> {
  const call: ApiCall = {
    method: 'POST',
    url: new URL(`${hub}/v2/auth/token`),
    json: { identifier: username, secret: password.reveal() },
  }
  const answer = await callApi(context, call)
  const value = textMember(answer.body, 'access_token')
  if (answer.status !== 200 || value === undefined) {
    const hint = `The login from ${source} was refused: log in again with chartroom login ${host}`
    throw apiError(answer, call, hint)
  }
  // It lives for ten minutes.
  return { value, until: context.now() + 5 * 60_000 }
}
