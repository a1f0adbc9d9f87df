import { eraseLogin, storeLogin } from '@chartroom/credentials'
import type { Secret } from '@chartroom/errors'
import { ChartroomError, hasCode } from '@chartroom/errors'
import type { Credential, RemoteRegistry } from '@chartroom/oci'
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
  return loginBy(environment, request, (registry) => registry.ping())
}

export interface DerivedLoginResult {
  /** The file or helper that keeps it. */
  readonly where: string
  readonly username: string
  /** What gave it, in words. */
  readonly source: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined
}

/**
 * Logs in with what the vendor's variables, programs or cloud account here give, and keeps it; undefined where they
 * give nothing. What gave it has said who it is: the registry is asked for no more than to take it.
 */
export async function loginByVendor(
  environment: Environment,
  { address, connection }: Pick<LoginRequest, 'address' | 'connection'>,
): Promise<DerivedLoginResult | undefined> {
  const connections = connect(environment, connection)
  const origin = connections.originOf(hostOf(address))
  const ways = (await connections.vendorOf(origin.host)?.load())?.login
  const given = ways?.fromEnvironment?.(connections.context, origin)
  const derived =
    given === undefined ? await ways?.derive?.(connections.context, origin) : { credential: given }
  if (derived === undefined) return undefined
  const { credential, expiresAt } = derived
  const { username, password } = asPassword(credential)
  const request = { address, username, password, connection }
  const where = await loginBy(environment, request, (registry) => registry.authenticate())
  return { where, username, source: credential.source, expiresAt }
}

/** How a login comes about at a registry without asking for a name, in words; undefined where it does not. */
export async function loginSources(environment: Environment, address: string): Promise<readonly string[]> {
  const provider = await connect(environment, {}).vendorOf(hostOf(address))?.load()
  return provider?.login.sources ?? []
}

async function loginBy(
  environment: Environment,
  { address, username, password, connection }: LoginRequest,
  prove: (registry: RemoteRegistry) => Promise<void>,
): Promise<string> {
  const host = hostOf(address)
  const connections = connect(environment, { ...connection, username, password, credentialHost: host })
  try {
    await prove(connections.registry(host))
  } catch (error) {
    throw hasCode(error, 'UNAUTHENTICATED') ? refused(host, error) : error
  }
  return storeLogin({ address, username, password }, environment)
}

// Files and helpers keep a name and a password; a refresh token stands under a name that Docker's clients know.
function asPassword(credential: Credential): { username: string; password: Secret } {
  return credential.kind === 'basic' ? credential : { username: '<token>', password: credential.token }
}

function refused(host: string, error: ChartroomError): ChartroomError {
  return new ChartroomError(error.code, `${host} does not take this user name and password`, {
    op: 'login',
    origin: host,
    cause: error,
    hint: 'Check both; many registries want an access token in place of the password. Nothing was kept.',
  })
}

/** Forgets a login; says where it was, or undefined. */
export function logout(environment: Environment, address: string): Promise<string | undefined> {
  return eraseLogin(address, environment)
}

function hostOf(address: string): string {
  return address.split('/', 1)[0] ?? address
}
