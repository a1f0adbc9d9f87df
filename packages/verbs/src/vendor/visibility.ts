import { versionToTag } from '@chartroom/chart'
import { hasCode } from '@chartroom/errors'
import { openRegistry } from '@chartroom/oci'
import type { RegistryPlace } from '@chartroom/providers'
import type { Connections } from '../connection.ts'
import type { Shown } from '../publish/destination.ts'
import type { Visibility } from '../result.ts'

/**
 * Whether a version can be read without a login, by trying. Undefined where this run needed none itself, and
 * where the registry gives no answer.
 */
export async function readWithoutLogin(
  connections: Connections,
  place: RegistryPlace,
  version: string,
): Promise<Shown | undefined> {
  const { scheme, host, repository } = place
  const login = await connections.context.credentials.credential({ scheme, host }, repository)
  if (login === undefined) return undefined
  const visibility = await probe(connections, place, version)
  if (visibility === undefined) return undefined
  const provider = await connections.vendorOf(host)?.load()
  return { visibility, visibilityPage: provider?.visibility.page?.(place) }
}

async function probe(
  { transport, options }: Connections,
  { host, repository }: RegistryPlace,
  version: string,
): Promise<Visibility | undefined> {
  const { plainHttp } = options
  try {
    await openRegistry({ host, plainHttp, transport }).repository(repository).resolve(versionToTag(version))
    return 'public'
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error
    const isHidden = hasCode(
      error,
      'ANONYMOUS_REFUSED',
      'FORBIDDEN',
      'NOT_FOUND',
      'REPOSITORY_NOT_FOUND',
      'UNAUTHENTICATED',
    )
    return isHidden ? 'private' : undefined
  }
}
