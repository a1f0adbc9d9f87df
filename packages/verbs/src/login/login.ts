import { eraseLogin, storeLogin } from '@chartroom/credentials'
import type { Secret } from '@chartroom/errors'
import type { ConnectionOptions } from '../connection.ts'
import { connect } from '../connection.ts'
import type { Environment } from '../environment.ts'

export interface LoginRequest {
  /** A host, or a host and a path for a login that counts below it alone. */
  readonly address: string
  readonly username: string
  readonly password: Secret
  readonly connection: ConnectionOptions
}

/** Tries the login at the registry, then keeps it; says where. */
export async function login(environment: Environment, request: LoginRequest): Promise<string> {
  const { address, username, password } = request
  const host = hostOf(address)
  await connect(environment, { ...request.connection, username, password, credentialHost: host })
    .registry(host)
    .ping()
  return storeLogin({ address, username, password }, environment)
}

/** Forgets a login; says where it was, or undefined. */
export function logout(environment: Environment, address: string): Promise<string | undefined> {
  return eraseLogin(address, environment)
}

function hostOf(address: string): string {
  return address.split('/', 1)[0] ?? address
}
