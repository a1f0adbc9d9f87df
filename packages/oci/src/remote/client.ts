import type { ChartroomError } from '@chartroom/errors'
import { isChartroomError } from '@chartroom/errors'
import type { AuthorizerOptions } from '../auth/authorizer.ts'
import { Authorizer } from '../auth/authorizer.ts'
import type { Grant } from '../auth/grant.ts'
import { grantOf } from '../auth/grant.ts'
import type { Access } from '../auth/scope.ts'
import type { Request, Response, Transport } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import { limits } from '../limits.ts'
import { followRedirects } from './redirect.ts'
import { responseError } from './response-error.ts'

export interface ClientOptions extends AuthorizerOptions {
  /** Told of each answer of the registry itself: headers and challenges tell which product it is. */
  readonly onAnswer?: ((answer: Pick<Response, 'status' | 'headers'>) => void) | undefined
  /** Better words for an error, by somebody who knows the registry. */
  readonly explain?: ((error: ChartroomError, about: FailedAccess) => Promise<ChartroomError>) | undefined
}

export interface FailedAccess {
  /** Undefined for what concerns the whole registry. */
  readonly repository: string | undefined
  /** What the request was to be allowed. */
  readonly scopes: readonly string[]
  readonly method: Request['method']
  readonly url: URL
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
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    const { scheme, host } = options.origin
    this.base = new URL(`${scheme}://${host}`)
    this.#options = options
    this.#transport = options.transport
    this.#authorizer = new Authorizer(options)
  }

  /** Between two tries of something that only its caller can try again. */
  pause(attempt: number, signal: AbortSignal | undefined): Promise<void> {
    return this.#transport.pause(attempt, signal)
  }

  /** Throws the codes of the transport, of `responseError`, and `CREDENTIAL_LEAK_REFUSED`. */
  send(request: ClientRequest): Promise<Response> {
    const asked = { ...request, url: new URL(request.url, this.base) }
    return this.#explaining(asked, () => this.#send(asked))
  }

  /** Proves the login: what its token service gives is enough, a password is tried at the registry itself. */
  async authenticate(): Promise<void> {
    const access: Access = { scopes: [] }
    const ping = { method: 'GET', url: new URL('/v2/', this.base), access, ok: [200] } as const
    const isDone = await this.#explaining(ping, async () => {
      const sent = await this.#authorizer.header(access)
      if (sent !== undefined) return false
      const { status, headers, body } = await this.#transport.request(ping)
      discard(body)
      this.#options.onAnswer?.({ status, headers })
      if (status === 401) await this.#authorizer.answer(headers['www-authenticate'], access, sent)
      return this.#authorizer.usesTokens
    })
    if (!isDone) discard((await this.send(ping)).body)
  }

  /** What the token for this access allows; undefined where there is none, or it does not say. */
  async grant(access: Access): Promise<Grant | undefined> {
    const ping = { method: 'GET', url: new URL('/v2/', this.base), access, ok: [200] } as const
    return this.#explaining(ping, async () => {
      let header = await this.#authorizer.header(access)
      if (header === undefined) {
        const { status, headers, body } = await this.#transport.request(ping)
        discard(body)
        if (status !== 401) return undefined
        header = await this.#authorizer.answer(headers['www-authenticate'], access, undefined)
      }
      return header?.startsWith('Bearer ') === true ? grantOf(header.slice('Bearer '.length)) : undefined
    })
  }

  async #explaining<T>(request: ClientRequest & { url: URL }, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const { explain } = this.#options
      if (explain === undefined || !isChartroomError(error)) throw error
      const { method, url, access } = request
      throw await explain(error, { ...access, repository: access.repository, method, url })
    }
  }

  async #send(request: ClientRequest & { url: URL }): Promise<Response> {
    const response = await this.#authorized(request)
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
    let sent = url.origin === home.origin ? await this.#authorizer.header(access) : undefined
    for (let round = 1; ; round++) {
      const response = await followRedirects(this.#transport, request, { home, authorization: sent })
      // What those answer whom we were redirected to is no business of our credentials.
      if (response.url.origin !== home.origin) return response
      this.#options.onAnswer?.(response)
      const next =
        round > limits.loginRounds
          ? undefined
          : await this.#next(response, access, { sent, round }).catch((error: unknown) => {
              // What is left unread holds its connection, and with it the process.
              discard(response.body)
              throw error
            })
      if (next === undefined) return response
      discard(response.body)
      sent = next
    }
  }

  // A challenge is taken up once; then, and where rights are lacking, only a renewed login may help.
  async #next(
    { status, headers }: Response,
    access: Access,
    { sent, round }: { sent: string | undefined; round: number },
  ): Promise<string | undefined> {
    if (status !== 401 && status !== 403) return undefined
    const answered =
      status === 401 && round === 1
        ? await this.#authorizer.answer(headers['www-authenticate'], access, sent)
        : undefined
    return answered ?? this.#authorizer.renewed(access, sent)
  }

  // The reason of a refusal stands in the body, which a HEAD has not. A 404 needs no reason.
  async #explained(response: Response, request: ClientRequest): Promise<Response> {
    if (request.method !== 'HEAD' || (response.status !== 400 && response.status !== 403)) return response
    discard(response.body)
    return this.#authorized({ ...request, method: 'GET', url: new URL(request.url, this.base) })
  }
}
