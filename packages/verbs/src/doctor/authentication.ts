import { hasCode } from '@chartroom/errors'
import type { Credential } from '@chartroom/oci'
import type { Finding } from './finding.ts'
import { failureOf, ok } from './finding.ts'
import type { Patient } from './patient.ts'

/** Whether the registry takes the login; without one, whether it lets anybody in at all. */
export async function checkAuthentication(
  { connections, origin, repository }: Patient,
  credential: Credential | undefined,
): Promise<Finding | undefined> {
  try {
    await connections.registry(origin.host).authenticate()
    if (credential === undefined)
      return ok('authentication', `${origin.host} lets callers without a login in`)
    return ok('authentication', `${origin.host} takes the login`)
  } catch (error) {
    // Some token services give anybody a token for a public repository, and none for nothing in particular.
    if (credential === undefined && repository !== undefined && hasCode(error, 'ANONYMOUS_REFUSED'))
      return undefined
    return failureOf('authentication', error)
  }
}
