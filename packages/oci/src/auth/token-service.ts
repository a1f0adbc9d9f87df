import { ChartroomError } from '@chartroom/errors'
import { contentOf } from '../content.ts'
import type { Credential, Origin } from '../credential.ts'
import { limits } from '../limits.ts'
import { followRedirects } from '../remote/redirect.ts'
import { readAll } from '../stream.ts'
import type { Response, Transport } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import { basicHeader } from './basic.ts'
import { checkRealmForCredential } from './realm.ts'

export interface TokenRequest {
  readonly origin: Origin
  readonly realm: URL
  readonly service: string | undefined
  readonly scopes: readonly string[]
  readonly credential: Exclude<Credential, { kind: 'bearer' }> | undefined
  readonly trustedRealms: readonly string[] | undefined
}

export interface Token {
  readonly value: string
  /** Milliseconds since the epoch after which another is fetched: four fifths of its life. */
  readonly refreshAt: number
}

/**
 * Fetches an access token (distribution's token and OAuth2 specifications). Throws `ANONYMOUS_REFUSED`,
 * `UNAUTHENTICATED`, `CREDENTIAL_LEAK_REFUSED`, and the transport's codes.
 */
export async function requestToken(transport: Transport, request: TokenRequest): Promise<Token> {
  const { realm, credential, origin, trustedRealms } = request
  if (credential !== undefined) checkRealmForCredential(realm, origin, trustedRealms)
  const response = await ask(transport, request)
  if (response.status !== 200) {
    discard(response.body)
    throw refused(response.status, realm, credential)
  }
  return tokenOf(await readAnswer(response, realm), realm)
}

// A refresh token goes by POST, a password by GET; services that know one way only get the other one then.
async function ask(transport: Transport, request: TokenRequest): Promise<Response> {
  const { credential } = request
  const first = credential?.kind === 'identity' ? post : get
  const response = await first(transport, request)
  if (credential === undefined || ![404, 405].includes(response.status)) return response
  discard(response.body)
  return (first === get ? post : get)(transport, request)
}

function get(transport: Transport, request: TokenRequest): Promise<Response> {
  const { realm, service, scopes, credential } = request
  const url = new URL(realm)
  if (service !== undefined) url.searchParams.set('service', service)
  for (const scope of scopes) url.searchParams.append('scope', scope)
  const authorization = credential === undefined ? undefined : basicHeader(asBasic(credential))
  return followRedirects(transport, { method: 'GET', url }, { home: realm, authorization })
}

// No redirect: the body is the credential, and it is meant for the realm alone.
function post(transport: Transport, { realm, service, scopes, credential }: TokenRequest): Promise<Response> {
  const form = new URLSearchParams({ client_id: 'chartroom' })
  if (service !== undefined) form.set('service', service)
  if (scopes.length > 0) form.set('scope', scopes.join(' '))
  if (credential?.kind === 'identity') {
    form.set('grant_type', 'refresh_token')
    form.set('refresh_token', credential.token.reveal())
  } else if (credential !== undefined) {
    form.set('grant_type', 'password')
    form.set('username', credential.username)
    form.set('password', credential.password.reveal())
  }
  const bytes = new TextEncoder().encode(form.toString())
  return transport.request({
    method: 'POST',
    url: realm,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: contentOf(bytes),
    bodySize: bytes.length,
  })
}

function asBasic(
  credential: NonNullable<TokenRequest['credential']>,
): Extract<Credential, { kind: 'basic' }> {
  if (credential.kind === 'basic') return credential
  return { kind: 'basic', username: '<token>', password: credential.token, source: credential.source }
}

async function readAnswer(response: Response, realm: URL): Promise<Record<string, unknown>> {
  const text = new TextDecoder().decode(await readAll(response.body, limits.tokenBytes))
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch (error) {
    throw notAToken(realm, error)
  }
  throw notAToken(realm)
}

function tokenOf(answer: Record<string, unknown>, realm: URL): Token {
  const value = [answer.access_token, answer.token].find((text) => typeof text === 'string' && text !== '')
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) throw notAToken(realm)
  const asked = Number(answer.expires_in)
  const seconds = Number.isFinite(asked) && asked > 0 ? asked : 60
  return { value, refreshAt: Date.now() + seconds * 800 }
}

function notAToken(realm: URL, cause?: unknown): ChartroomError {
  return new ChartroomError('SERVER_ERROR', `${realm.host} answered with something else than a token`, {
    op: 'token',
    origin: realm.host,
    cause,
    hint: 'Check that the address is a registry, and ask who runs it.',
  })
}

function refused(status: number, realm: URL, credential: Credential | undefined): ChartroomError {
  const who = credential === undefined ? 'anonymous access' : `the login from ${credential.source}`
  const code = credential === undefined ? 'ANONYMOUS_REFUSED' : 'UNAUTHENTICATED'
  const denied = status < 500 && status !== 429
  return new ChartroomError(
    denied ? code : status === 429 ? 'RATE_LIMITED' : 'SERVER_ERROR',
    denied ? `${realm.host} refused ${who} (${status})` : `${realm.host} gave no token (${status})`,
    { op: 'token', origin: realm.host, hint: refusalHint(denied, credential) },
  )
}

function refusalHint(denied: boolean, credential: Credential | undefined): string {
  if (!denied) return 'Try again later: the token service is busy or out of order.'
  return credential === undefined
    ? 'Log in: chartroom login HOST. A private or absent repository answers the same.'
    : 'Log in again: the password or token may be wrong or expired. A private or absent repository may answer the same.'
}
