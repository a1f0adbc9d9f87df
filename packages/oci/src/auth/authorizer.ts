import type { Credential, CredentialSource, Origin } from '../credential.ts'
import type { Transport } from '../transport/transport.ts'
import { basicHeader } from './basic.ts'
import { parseChallenges } from './challenge.ts'
import { checkRealm } from './realm.ts'
import type { Access } from './scope.ts'
import { mergeScopes } from './scope.ts'
import type { Token } from './token-service.ts'
import { requestToken } from './token-service.ts'

export interface AuthorizerOptions {
  readonly origin: Origin
  readonly transport: Transport
  readonly credentials?: CredentialSource | undefined
  /** Hosts of token services that get a credential although their name is another owner's. */
  readonly trustedRealms?: readonly string[] | undefined
}

type Method =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: URL; readonly service: string | undefined }

/** The `Authorization` of requests to one registry: tokens by scope, asked for after a challenge. */
export class Authorizer {
  readonly #options: AuthorizerOptions
  readonly #tokens = new Map<string, Token>()
  readonly #pending = new Map<string, Promise<string>>()
  #method: Method | undefined

  constructor(options: AuthorizerOptions) {
    this.#options = options
  }

  /** What is known without a challenge; undefined before the first one. */
  async header(access: Access): Promise<string | undefined> {
    return this.#method === undefined ? undefined : this.#headerBy(this.#method, access)
  }

  /**
   * Takes up a 401's challenge. `rejected` is what was sent. Returns undefined when nothing other than that
   * can be offered.
   */
  async answer(
    challenge: string | undefined,
    access: Access,
    rejected: string | undefined,
  ): Promise<string | undefined> {
    const challenges = parseChallenges(challenge ?? '')
    const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.realm)
    if (bearer?.parameters.realm !== undefined) {
      const realm = checkRealm(bearer.parameters.realm, this.#options.origin)
      const method: Method = { scheme: 'bearer', realm, service: bearer.parameters.service }
      this.#method = method
      this.#forget(access, rejected)
      const header = await this.#token(method, access, bearer.parameters.scope)
      return header === rejected ? undefined : header
    }
    if (!challenges.some(({ scheme }) => scheme === 'basic')) return undefined
    this.#method = { scheme: 'basic' }
    const header = await this.#headerBy(this.#method, access)
    return header === rejected ? undefined : header
  }

  async credential(access: Access): Promise<Credential | undefined> {
    return this.#options.credentials?.credential(this.#options.origin, access.repository)
  }

  async #headerBy(method: Method, access: Access): Promise<string | undefined> {
    if (method.scheme === 'bearer') return this.#token(method, access)
    const credential = await this.credential(access)
    return credential?.kind === 'basic' ? basicHeader(credential) : undefined
  }

  #token(
    method: Extract<Method, { scheme: 'bearer' }>,
    access: Access,
    challenged?: string,
  ): Promise<string> {
    const key = keyOf(access)
    const known = this.#tokens.get(key)
    if (known !== undefined && known.refreshAt > Date.now()) return Promise.resolve(`Bearer ${known.value}`)
    const pending = this.#pending.get(key)
    if (pending !== undefined) return pending
    const asking = this.#fetch(method, access, challenged).finally(() => this.#pending.delete(key))
    this.#pending.set(key, asking)
    return asking
  }

  async #fetch(
    { realm, service }: Extract<Method, { scheme: 'bearer' }>,
    access: Access,
    challenged: string | undefined,
  ): Promise<string> {
    const credential = await this.credential(access)
    if (credential?.kind === 'bearer') return `Bearer ${credential.token.reveal()}`
    const { origin, transport, trustedRealms } = this.#options
    const scopes = mergeScopes(access.scopes, challenged)
    const token = await requestToken(transport, { origin, realm, service, scopes, credential, trustedRealms })
    this.#tokens.set(keyOf(access), token)
    return `Bearer ${token.value}`
  }

  // Of several requests refused at once, only the first throws the token away; the others find the new one.
  #forget(access: Access, rejected: string | undefined): void {
    const key = keyOf(access)
    if (`Bearer ${this.#tokens.get(key)?.value ?? ''}` === rejected) this.#tokens.delete(key)
  }
}

function keyOf({ scopes, repository }: Access): string {
  return `${repository ?? ''} ${scopes.join(' ')}`
}
