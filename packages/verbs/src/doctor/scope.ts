import { isChartroomError } from '@chartroom/errors'
import type { Finding } from './finding.ts'
import { ok, warning } from './finding.ts'
import type { Patient } from './patient.ts'

/** What the token for the repository allows, where the registry works with tokens that say so. */
export async function checkScope({
  connections,
  origin,
  repository = '',
}: Patient): Promise<Finding | undefined> {
  try {
    const grant = await connections.registry(origin.host).grant(repository)
    if (grant === undefined) return undefined
    const own = grant.scopes.find((scope) => scope.startsWith(`repository:${repository}:`))
    const actions = (own?.slice(own.lastIndexOf(':') + 1) ?? '').split(',').filter((action) => action !== '')
    if (actions.length === 0) {
      return warning('scope', `the token allows nothing in ${repository}`, {
        remedy: 'Ask for the right to pull or push there, or check the path and the login.',
      })
    }
    return ok('scope', `the token allows: ${actions.join(', ')}`, pushWords(actions))
  } catch (error) {
    if (!isChartroomError(error) || error.code === 'ABORTED') throw error
    return ok('scope', 'no token with the right to push', `${error.message}.`)
  }
}

function pushWords(actions: readonly string[]): string | undefined {
  const pushes = actions.includes('push') || actions.includes('*')
  return pushes ? undefined : 'It was asked for with the right to push, which was not given.'
}
