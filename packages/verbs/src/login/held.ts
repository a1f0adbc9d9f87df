import { addressOf } from '@chartroom/credentials'
import type { Secret } from '@chartroom/errors'
import { connect } from '../connection.ts'
import type { Environment } from '../environment.ts'

export interface HeldLogin {
  readonly username: string
  readonly password: Secret
}

/**
 * The login that Chartroom itself would use at an address, as other programs take it: a user name and a password, or a
 * refresh token under the name `<token>`. Undefined where there is none.
 */
export async function heldLogin(
  environment: Environment,
  server: string,
  onWarning: (message: string) => void,
): Promise<HeldLogin | undefined> {
  const [host = '', ...path] = addressOf(server).split('/')
  const { context, originOf } = connect(environment, { onWarning })
  const origin = originOf(host)
  const repository = path.length === 0 ? undefined : path.join('/')
  let credential = await context.credentials.credential(origin, repository)
  if (credential === undefined && (await context.credentials.renew?.(origin, repository, undefined)) === true)
    credential = await context.credentials.credential(origin, repository)
  if (credential?.kind === 'basic') return credential
  return credential?.kind === 'identity' ? { username: '<token>', password: credential.token } : undefined
}
