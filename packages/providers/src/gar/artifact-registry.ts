import { Secret } from '@chartroom/errors'
import type { ApiAnswer, ApiCall } from '../api.ts'
import { callApi } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { loginOf } from '../login-of.ts'
import type { RegistryPlace } from '../provider.ts'
import { oncePerRun } from '../per-run.ts'
import { googleToken } from './google.ts'

/** Artifact Registry's own interface (REST v1). Undefined where the login of the registry does not serve there. */
export async function callArtifactRegistry(
  context: ProviderContext,
  place: RegistryPlace,
  {
    method,
    path,
    json,
  }: { readonly method: ApiCall['method']; readonly path: string; readonly json?: unknown },
): Promise<ApiAnswer | undefined> {
  const token = await accessToken(context, place)
  if (token === undefined) return undefined
  const headers = { authorization: `Bearer ${token.reveal()}` }
  return callApi(context, { method, url: apiUrl(path), headers, json })
}

export function apiUrl(path: string): URL {
  return new URL(`https://artifactregistry.googleapis.com/v1/${path}`)
}

/** The registry takes an access token, or a service account's key, which first has to buy one. */
async function accessToken(context: ProviderContext, place: RegistryPlace): Promise<Secret | undefined> {
  const credential = await loginOf(context, place)
  if (credential?.kind !== 'basic') return undefined
  const { username, password } = credential
  const key = serviceAccountKey(username, password)
  if (key === undefined) return password
  const bought = await oncePerRun(context, `google ${place.host}`, () => googleToken(context, key))
  return bought?.token
}

function serviceAccountKey(username: string, password: Secret): Secret | undefined {
  if (username === '_json_key') return password
  if (username !== '_json_key_base64') return undefined
  return new Secret(Buffer.from(password.reveal(), 'base64').toString('utf8'))
}
