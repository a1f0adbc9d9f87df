import { hasCode } from '@chartroom/errors'
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
  /** The registry is known to want a user and password with each request: they go with the first one already. */
  readonly wantsBasic?: boolean | undefined
}

type Method =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: URL; readonly service: string | undefined }

/** The `Authorization` of requests to one registry: tokens by scope, asked for after a challenge. */
export class Authorizer {
  readonly #options: AuthorizerOptions
  readonly #tokens = new Map<string, Token>()
  readonly #pending = new Map<string, Promise<string>>()
  /** What stands behind the headers given out since the last renewal. */
  readonly #issued = new Map<string, Credential | undefined>()
  #method: Method | undefined

  constructor(options: AuthorizerOptions) {
    this.#options = options
    if (options.wantsBasic === true) this.#method = { scheme: 'basic' }
  }

  /** True where a token service decides, so that a token proves a login. */
  get usesTokens(): boolean {
    return this.#method?.scheme === 'bearer'
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
      const { origin, trustedRealms } = this.#options
      const realm = checkRealm(bearer.parameters.realm, origin, trustedRealms)
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

  /**
   * After a refusal that no challenge solves: what a renewed login, or one that is only now looked for, gives.
   * Undefined when there is none.
   */
  async renewed(access: Access, rejected: string | undefined): Promise<string | undefined> {
    if (this.#method === undefined) return undefined
    // A header that is not known here any more was given out before a renewal that somebody else asked for.
    const isOurs = rejected === undefined || this.#issued.has(rejected)
    const refused = rejected === undefined ? undefined : this.#issued.get(rejected)
    // Its token service took the login: what is refused is a right, and no other login is looked for.
    if (isOurs && this.usesTokens && refused !== undefined) return undefined
    if (isOurs && !(await this.#renew(access, refused))) return undefined
    const header = await this.#headerBy(this.#method, access)
    return header === rejected ? undefined : header
  }

  async credential(access: Access): Promise<Credential | undefined> {
    return this.#options.credentials?.credential(this.#options.origin, access.repository)
  }

  async #headerBy(method: Method, access: Access): Promise<string | undefined> {
    if (method.scheme === 'bearer') return this.#token(method, access)
    let credential = await this.credential(access)
    if (credential === undefined && (await this.#renew(access, undefined)))
      credential = await this.credential(access)
    return credential?.kind === 'basic' ? this.#issue(basicHeader(credential), credential) : undefined
  }

  async #renew({ repository }: Access, refused: Credential | undefined): Promise<boolean> {
    const { credentials, origin } = this.#options
    if ((await credentials?.renew?.(origin, repository, refused)) !== true) return false
    this.#tokens.clear()
    this.#issued.clear()
    return true
  }

  #issue(header: string, credential: Credential | undefined): string {
    this.#issued.set(header, credential)
    return header
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
    method: Extract<Method, { scheme: 'bearer' }>,
    access: Access,
    challenged: string | undefined,
  ): Promise<string> {
    let credential = await this.credential(access)
    // Nobody writes without a login: asking without one first would be a request for nothing.
    if (credential === undefined && writes(access) && (await this.#renew(access, undefined)))
      credential = await this.credential(access)
    try {
      return await this.#fetchWith(credential, method, { access, challenged })
    } catch (error) {
      if (!hasCode(error, 'ANONYMOUS_REFUSED', 'UNAUTHENTICATED')) throw error
      if (!(await this.#renew(access, credential))) throw error
      return this.#fetchWith(await this.credential(access), method, { access, challenged })
    }
  }

  async #fetchWith(
    credential: Credential | undefined,
    { realm, service }: Extract<Method, { scheme: 'bearer' }>,
    { access, challenged }: { access: Access; challenged: string | undefined },
  ): Promise<string> {
    if (credential?.kind === 'bearer') return this.#issue(`Bearer ${credential.token.reveal()}`, credential)
    const { origin, transport, trustedRealms } = this.#options
    const scopes = mergeScopes(access.scopes, challenged)
    const token = await requestToken(transport, { origin, realm, service, scopes, credential, trustedRealms })
    this.#tokens.set(keyOf(access), token)
    return this.#issue(`Bearer ${token.value}`, credential)
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

function writes({ scopes }: Access): boolean {
  return scopes.some((scope) => /[:,](?:push|delete)(?:,|$)/.test(scope.slice(scope.lastIndexOf(':'))))
}
