import { Authorizer } from '../auth/authorizer.ts'
import type { Access } from '../auth/scope.ts'
import type { CredentialSource, Origin } from '../credential.ts'
import type { Request, Response, Transport } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import { followRedirects } from './redirect.ts'
import { responseError } from './response-error.ts'

export interface ClientOptions {
  readonly origin: Origin
  readonly transport: Transport
  readonly credentials?: CredentialSource | undefined
  readonly trustedRealms?: readonly string[] | undefined
}

export interface ClientRequest extends Omit<Request, 'url'> {
  /** A path of the registry, or a whole address it gave us. */
  readonly url: string | URL
  readonly access: Access
  /** Status codes that are answers; others become errors. */
  readonly ok: readonly number[]
}

/** Requests to one registry: credentials, redirects and errors. */
export class Client {
  readonly base: URL
  readonly #transport: Transport
  readonly #authorizer: Authorizer

  constructor(options: ClientOptions) {
    const { scheme, host } = options.origin
    this.base = new URL(`${scheme}://${host}`)
    this.#transport = options.transport
    this.#authorizer = new Authorizer(options)
  }

  /** Between two tries of something that only its caller can try again. */
  pause(attempt: number, signal: AbortSignal | undefined): Promise<void> {
    return this.#transport.pause(attempt, signal)
  }

  /** Throws the codes of the transport, of `responseError`, and `CREDENTIAL_LEAK_REFUSED`. */
  async send(request: ClientRequest): Promise<Response> {
    const response = await this.#authorized({ ...request, url: new URL(request.url, this.base) })
    if (request.ok.includes(response.status)) return response
    const explained = await this.#explained(response, request)
    throw await responseError(explained, {
      method: request.method,
      credential: await this.#authorizer.credential(request.access),
    })
  }

  async #authorized(request: ClientRequest & { url: URL }): Promise<Response> {
    const { url, access } = request
    const home = this.base
    const own = url.origin === home.origin
    const sent = own ? await this.#authorizer.header(access) : undefined
    const response = await followRedirects(this.#transport, request, { home, authorization: sent })
    // The challenge of whom we were redirected to is no business of our credentials.
    if (response.status !== 401 || response.url.origin !== home.origin) return response
    const challenge = response.headers['www-authenticate']
    const authorization = await this.#authorizer.answer(challenge, access, sent)
    if (authorization === undefined) return response
    discard(response.body)
    return followRedirects(this.#transport, request, { home, authorization })
  }

  // The reason of a refusal stands in the body, which a HEAD has not. A 404 needs no reason.
  async #explained(response: Response, request: ClientRequest): Promise<Response> {
    if (request.method !== 'HEAD' || (response.status !== 400 && response.status !== 403)) return response
    discard(response.body)
    return this.#authorized({ ...request, method: 'GET', url: new URL(request.url, this.base) })
  }
}
