import { ChartroomError } from '@chartroom/errors'
import type { Credential, CredentialSource, Origin } from '../credential.ts'
import { limits } from '../limits.ts'
import { contentOf, readAll } from '../stream.ts'
import type { Transport } from '../transport/transport.ts'
import { parseChallenges } from './challenge.ts'
import { checkRealm } from './realm.ts'

/** The `Authorization` of requests to one registry: tokens by scope, asked for after a challenge. */
export class Authorizer {
  readonly #origin: Origin
  readonly #transport: Transport
  readonly #credentials: CredentialSource | undefined
  readonly #tokens = new Map<string, { value: string; expires: number }>()
  #basic: Promise<string | undefined> | undefined
  #scheme: 'basic' | 'bearer' | undefined
  #bearer: { realm: URL; service: string | undefined } | undefined
  readonly #pending = new Map<string, Promise<string>>()

  constructor(origin: Origin, transport: Transport, credentials: CredentialSource | undefined) {
    this.#origin = origin
    this.#transport = transport
    this.#credentials = credentials
  }

  /** What is known without another request. */
  async header(scope: string, repository: string | undefined): Promise<string | undefined> {
    if (this.#scheme === 'basic') return this.#basicHeader(repository)
    if (this.#scheme === 'bearer') return this.#token(scope, repository)
    return undefined
  }

  /** Takes up a 401's challenge. Returns undefined when it offers nothing that could help. */
  async answer(
    header: string | undefined,
    scope: string,
    repository: string | undefined,
  ): Promise<string | undefined> {
    const challenges = parseChallenges(header ?? '')
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
    if (bearer?.parameters.realm !== undefined) {
      this.#bearer = {
        realm: checkRealm(bearer.parameters.realm, this.#origin),
        service: bearer.parameters.service,
      }
      this.#scheme = 'bearer'
      this.#tokens.delete(scope)
      return this.#token(scope, repository)
    }
    if (challenges.some(({ scheme }) => scheme === 'basic')) {
      this.#scheme = 'basic'
      return this.#basicHeader(repository)
    }
    return undefined
  }

  async credential(repository: string | undefined): Promise<Credential | undefined> {
    return this.#credentials?.credential(this.#origin, repository)
  }

  #basicHeader(repository: string | undefined): Promise<string | undefined> {
    this.#basic ??= this.credential(repository).then((found) =>
      found?.kind === 'basic' ? basic(found) : undefined,
    )
    return this.#basic
  }

  async #token(scope: string, repository: string | undefined): Promise<string> {
    const known = this.#tokens.get(scope)
    if (known !== undefined && known.expires > Date.now()) return `Bearer ${known.value}`
    const pending = this.#pending.get(scope) ?? this.#fetchToken(scope, repository)
    this.#pending.set(scope, pending)
    try {
      return `Bearer ${await pending}`
    } finally {
      this.#pending.delete(scope)
    }
  }

  async #fetchToken(scope: string, repository: string | undefined): Promise<string> {
    const credential = await this.credential(repository)
    if (credential?.kind === 'bearer') return credential.token.reveal()
    const { realm, service } = this.#bearer ?? { realm: new URL('http://invalid'), service: undefined }
    const response =
      credential?.kind === 'identity'
        ? await this.#postRefresh(realm, { service, scope, token: credential.token.reveal() })
        : await this.#getToken(realm, { service, scope, credential })
    const answer = await readToken(response.body, realm)
    if (response.status !== 200) throw refused(response.status, realm, credential)
    const value = answer.access_token ?? answer.token
    if (value === undefined)
      throw new ChartroomError('SERVER_ERROR', `${realm.host} answered without a token`)
    this.#tokens.set(scope, { value, expires: Date.now() + (answer.expires_in ?? 60) * 1000 - 10_000 })
    return value
  }

  #getToken(
    realm: URL,
    {
      service,
      scope,
      credential,
    }: { service: string | undefined; scope: string; credential: Credential | undefined },
  ): ReturnType<Transport['request']> {
    const url = new URL(realm)
    if (service !== undefined) url.searchParams.set('service', service)
    if (scope !== '') url.searchParams.set('scope', scope)
    const headers = credential?.kind === 'basic' ? { authorization: basic(credential) } : {}
    return this.#transport.request({ method: 'GET', url, headers })
  }

  #postRefresh(
    realm: URL,
    { service, scope, token }: { service: string | undefined; scope: string; token: string },
  ): ReturnType<Transport['request']> {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: 'chartroom',
      scope,
    })
    if (service !== undefined) form.set('service', service)
    const bytes = new TextEncoder().encode(form.toString())
    return this.#transport.request({
      method: 'POST',
      url: realm,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: contentOf(bytes),
      bodySize: bytes.length,
    })
  }
}

function basic({ username, password }: Extract<Credential, { kind: 'basic' }>): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`
}

async function readToken(
  body: Parameters<typeof readAll>[0],
  realm: URL,
): Promise<{ token?: string; access_token?: string; expires_in?: number }> {
  const text = new TextDecoder().decode(await readAll(body, limits.tokenBytes))
  try {
    return JSON.parse(text) as { token?: string }
  } catch (error) {
    throw new ChartroomError('SERVER_ERROR', `${realm.host} answered with something else than a token`, {
      cause: error,
    })
  }
}

function refused(status: number, realm: URL, credential: Credential | undefined): ChartroomError {
  const who = credential === undefined ? 'anonymous access' : `the login from ${credential.source}`
  const code = credential === undefined ? 'ANONYMOUS_REFUSED' : 'UNAUTHENTICATED'
  return new ChartroomError(
    status >= 500 ? 'SERVER_ERROR' : code,
    `${realm.host} refused ${who} (${status})`,
    {
      op: 'token',
      origin: realm.host,
      hint:
        credential === undefined
          ? 'Log in: chartroom login HOST.'
          : 'Log in again: the password or token may have expired.',
    },
  )
}
