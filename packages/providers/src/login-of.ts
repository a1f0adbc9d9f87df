import type { Credential } from '@chartroom/oci'
import { basicHeader } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'
import type { RegistryPlace } from './provider.ts'

/** The login for a place, also one that has to be derived first; undefined for going without. */
export async function loginOf(
  { credentials }: ProviderContext,
  { scheme, host, repository }: RegistryPlace,
): Promise<Credential | undefined> {
  const origin = { scheme, host }
  const known = await credentials.credential(origin, repository)
  if (known !== undefined) return known
  const found = (await credentials.renew?.(origin, repository, undefined)) === true
  return found ? credentials.credential(origin, repository) : undefined
}

/** The headers of a request to an interface that takes the registry's own user and password. */
export async function basicAuthorization(
  context: ProviderContext,
  place: RegistryPlace,
): Promise<Readonly<Record<string, string>>> {
  const credential = await loginOf(context, place)
  return credential?.kind === 'basic' ? { authorization: basicHeader(credential) } : {}
}
