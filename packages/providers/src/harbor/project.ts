import type { ApiAnswer, ApiCall } from '../api.ts'
import { callApi, member, textMember } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { basicAuthorization } from '../login-of.ts'
import { firstSegment } from '../path.ts'
import type { EnsureOptions, RegistryPlace } from '../provider.ts'

/** A Harbor project as far as publishing needs it (Harbor API v2.0). */
export interface HarborProject {
  readonly isPublic: boolean
  /** It mirrors another registry, and takes no pushes. */
  readonly isProxyCache: boolean
}

/** The project; null where there is none, undefined where this login may not see. */
export async function readProject(
  context: ProviderContext,
  place: RegistryPlace,
): Promise<HarborProject | null | undefined> {
  const answer = await callHarbor(context, place, {
    method: 'GET',
    path: `/projects/${firstSegment(place.repository)}`,
    headers: { 'x-is-resource-name': 'true' },
  })
  if (answer.status === 404) return null
  if (answer.status !== 200) return undefined
  const registry = member(answer.body, 'registry_id')
  return {
    isPublic: textMember(member(answer.body, 'metadata'), 'public') === 'true',
    isProxyCache: typeof registry === 'number' && registry > 0,
  }
}

export function createProject(
  context: ProviderContext,
  place: RegistryPlace,
  { scanOnPush }: Pick<EnsureOptions, 'scanOnPush'>,
): Promise<ApiAnswer> {
  const project_name = firstSegment(place.repository)
  const metadata = { public: 'false', ...(scanOnPush ? { auto_scan: 'true' } : {}) }
  return callHarbor(context, place, { method: 'POST', path: '/projects', json: { project_name, metadata } })
}

export interface HarborCall {
  readonly method: ApiCall['method']
  readonly path: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly json?: unknown
}

/** Harbor's own interface, at the registry's own address and with its login. */
export async function callHarbor(
  context: ProviderContext,
  place: RegistryPlace,
  { method, path, headers, json }: HarborCall,
): Promise<ApiAnswer> {
  return callApi(context, {
    method,
    url: apiUrl(place, path),
    headers: { ...headers, ...(await basicAuthorization(context, place)) },
    json,
  })
}

export function apiUrl({ scheme, host }: Pick<RegistryPlace, 'scheme' | 'host'>, path: string): URL {
  return new URL(`${scheme}://${host}/api/v2.0${path}`)
}
