import { ChartroomError, redactUrl } from '@chartroom/errors'
import { Authorizer } from '../auth/authorizer.ts'
import type { CredentialSource, Origin } from '../credential.ts'
import { limits } from '../limits.ts'
import type { Request, Response, Transport } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import { responseError } from './response-error.ts'

export interface ClientRequest extends Omit<Request, 'url'> {
  readonly url: string | URL
  /** `repository:NAME:pull,push`; empty for what needs no scope. */
  readonly scope: string
  readonly repository?: string | undefined
  /** Status codes that are answers; others become errors. */
  readonly ok: readonly number[]
}

/** Requests to one registry: credentials, redirects and errors. */
export class Client {
  readonly origin: Origin
  readonly base: URL
  readonly #transport: Transport
  readonly #authorizer: Authorizer

  constructor(origin: Origin, transport: Transport, credentials?: CredentialSource) {
    this.origin = origin
    this.base = new URL(`${origin.scheme}://${origin.host}`)
    this.#transport = transport
    this.#authorizer = new Authorizer(origin, transport, credentials)
  }

  async send(request: ClientRequest): Promise<Response> {
    const url = new URL(request.url, this.base)
    const own = url.origin === this.base.origin
    const header = own ? await this.#authorizer.header(request.scope, request.repository) : undefined
    let response = await this.#follow(request, url, header)
    if (response.status === 401 && own) {
      await discard(response.body)
      const answer = await this.#authorizer.answer(
        response.headers['www-authenticate'],
        request.scope,
        request.repository,
      )
      if (answer !== undefined) response = await this.#follow(request, url, answer)
    }
    if (request.ok.includes(response.status)) return response
    const credential = await this.#authorizer.credential(request.repository)
    throw await responseError(response, { ...request, credential })
  }

  // Redirects are followed here, because what a request carries depends on where it goes.
  async #follow(request: ClientRequest, start: URL, header: string | undefined): Promise<Response> {
    let url = start
    for (let hop = 0; hop <= limits.redirects; hop++) {
      const headers = { ...request.headers, ...this.#authorization(url, header) }
      const response = await this.#transport.request({ ...request, url, headers })
      const location = response.headers.location
      if (![301, 302, 303, 307, 308].includes(response.status) || location === undefined) return response
      await discard(response.body)
      url = checkRedirect(url, location)
    }
    throw new ChartroomError('SERVER_ERROR', `${this.base.host} redirects without end`, {
      op: redactUrl(start),
    })
  }

  #authorization(url: URL, header: string | undefined): Record<string, string> {
    return header !== undefined && url.origin === this.base.origin ? { authorization: header } : {}
  }
}

function checkRedirect(from: URL, location: string): URL {
  const to = new URL(location, from)
  if (from.protocol === 'https:' && to.protocol !== 'https:') {
    throw new ChartroomError(
      'CREDENTIAL_LEAK_REFUSED',
      `${from.host} redirects from https to ${to.protocol}//${to.host}`,
      {
        hint: 'Nothing was sent there.',
      },
    )
  }
  return to
}
