import { printableLine } from '@chartroom/errors'
import { parseChallenges } from '@chartroom/oci'
import type { Finding } from './finding.ts'
import { failure, ok } from './finding.ts'
import type { Patient } from './patient.ts'
import type { Ping } from './registry.ts'

/** How the registry wants to be told who asks; undefined where it answers everybody. */
export function checkChallenge(
  { answer }: Pick<Ping, 'answer'>,
  { origin: { host } }: Patient,
): Finding | undefined {
  if (answer?.status !== 401) return undefined
  const header = answer.headers['www-authenticate'] ?? ''
  const challenges = parseChallenges(header)
  const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.realm)
  if (bearer !== undefined) {
    const { realm = '', service } = bearer.parameters
    const where = URL.canParse(realm) ? new URL(realm).host : printableLine(realm).slice(0, 200)
    const about = service === undefined ? '' : ` for the service ${printableLine(service).slice(0, 200)}`
    return ok('challenge', `tokens, from ${where}${about}`)
  }
  if (challenges.some(({ scheme }) => scheme === 'basic'))
    return ok('challenge', 'a user name and password with each request')
  const given = challenges.map(({ scheme }) => scheme).join(', ')
  return failure('challenge', `${host} asks for a login in no way that clients of registries know`, {
    code: 'UNSUPPORTED',
    cause: given === '' ? 'Its answer 401 has no challenge that can be read.' : `It offers: ${given}.`,
    remedy: 'Ask who runs the registry, or whether a proxy before it removes or adds headers.',
  })
}
