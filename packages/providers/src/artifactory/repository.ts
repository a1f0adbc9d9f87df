import type { ApiAnswer, ApiCall } from '../api.ts'
import { callApi } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { basicAuthorization } from '../login-of.ts'
import { firstSegment } from '../path.ts'
import type { RegistryPlace } from '../provider.ts'

/** The repository key of a path: its first part, as the path method of Artifactory has it. */
export function keyOf({ repository }: RegistryPlace): string {
  return firstSegment(repository)
}

/** Artifactory's own interface, at the registry's own address and with its login. */
export async function callArtifactory(
  context: ProviderContext,
  place: RegistryPlace,
  {
    method,
    path,
    json,
  }: { readonly method: ApiCall['method']; readonly path: string; readonly json?: unknown },
): Promise<ApiAnswer> {
  return callApi(context, {
    method,
    url: apiUrl(place, path),
    headers: await basicAuthorization(context, place),
    json,
  })
}

export function apiUrl({ scheme, host }: Pick<RegistryPlace, 'scheme' | 'host'>, path: string): URL {
  return new URL(`${scheme}://${host}/artifactory${path}`)
}
