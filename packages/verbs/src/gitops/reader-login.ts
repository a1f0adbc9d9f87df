import { ChartroomError, Secret } from '@chartroom/errors'
import type { ChartPlace, Credential } from '@chartroom/gitops'
import type { Credential as HeldCredential } from '@chartroom/oci'
import type { Connections } from '../connection.ts'
import { addedRepositoryAt } from './added-repository.ts'

/** A registry or a path in it, whose login a reader in the cluster is to have. */
export interface LoginPlace {
  readonly host: string
  readonly repository?: string | undefined
}

/**
 * The login that Chartroom itself would use at a place, as a user name and a password. Undefined where there is none.
 * Throws `UNSUPPORTED` for a token that no Secret can carry.
 */
export async function readerLogin(
  connections: Connections,
  place: LoginPlace | (ChartPlace & { readonly kind: 'classic' }),
): Promise<Credential | undefined> {
  if ('url' in place) return repositoryLogin(connections, place.url)
  const { host } = place
  const repository = place.repository === '' ? undefined : place.repository
  const origin = connections.originOf(host)
  const { credentials } = connections.context
  const held = await credentials.credential(origin, repository)
  if (held !== undefined) return asBasic(held, origin.host)
  const found = (await credentials.renew?.(origin, repository, undefined)) === true
  const derived = found ? await credentials.credential(origin, repository) : undefined
  return derived === undefined ? undefined : asBasic(derived, origin.host)
}

async function repositoryLogin(connections: Connections, url: string): Promise<Credential | undefined> {
  const { username, password } = connections.options
  if (username !== undefined && password !== undefined) return { username, password }
  const added = await addedRepositoryAt(connections, url)
  if (added?.username === undefined || added.password === undefined) return undefined
  return { username: added.username, password: new Secret(added.password) }
}

/** The name that Azure takes beside a refresh token. */
const azureNobody = '00000000-0000-0000-0000-000000000000'

function asBasic(credential: HeldCredential, host: string): Credential {
  if (credential.kind === 'basic') return credential
  if (credential.kind === 'identity' && /\.azurecr\.(io|cn|de|us)$/.test(host))
    return { username: azureNobody, password: credential.token }
  throw new ChartroomError(
    'UNSUPPORTED',
    `the login of ${host} in ${credential.source} is a token that no Secret can carry`,
    { hint: 'Give a user name and a password or access token: --username NAME --password-stdin.' },
  )
}

/** The error for a Secret that has nothing to hold; `where` is a host, `HOST/PATH`, or the URL of a classic repository. */
export function noLogin(where: string): ChartroomError {
  const keep = where.includes('://')
    ? `repo add NAME ${where} --username NAME --password-stdin`
    : `login ${where}`
  return new ChartroomError('UNAUTHENTICATED', `no login for ${where} was found: the Secret would be empty`, {
    hint: `Give one with --username NAME --password-stdin, or keep one: chartroom ${keep}.`,
  })
}
