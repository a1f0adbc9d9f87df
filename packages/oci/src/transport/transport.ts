import type { IncomingHttpHeaders } from 'node:http'
import type { ByteStream, Content } from '../target.ts'
import { ResponseBody } from './body.ts'
import { exchange } from './exchange.ts'
import { isPassing, isStaleConnection, networkError } from './network-error.ts'
import { pause } from './pause.ts'
import type { RetryPolicy } from './retry.ts'
import { defaultRetry, isTemporary, waitAfter } from './retry.ts'
import type { Route } from './route.ts'
import { openRoute } from './route.ts'
import type { TlsOptions } from './tls.ts'

export interface TransportOptions extends TlsOptions {
  /** The process's environment, where proxies and `SSL_CERT_FILE` of it count; undefined for none of them. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly userAgent?: string | undefined
  readonly retry?: Partial<RetryPolicy> | undefined
  /** Milliseconds for a connection to stand, TLS included; default 15,000. */
  readonly connectTimeout?: number | undefined
  /** Milliseconds without a byte after which a request fails; default 60,000. */
  readonly idleTimeout?: number | undefined
  /** Connections to one origin; default 16. */
  readonly connections?: number | undefined
  /** Ends every request of this transport. */
  readonly signal?: AbortSignal | undefined
}

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Content | undefined
  /** Bytes of the body. */
  readonly bodySize?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Bytes of the body sent so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined
  /** False where only the caller knows how to try again. */
  readonly retry?: boolean | undefined
}

export interface Response {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** What answered. */
  readonly url: URL
  /** To be read to its end, or given to {@link discard}: the connection is held until then. */
  readonly body: ByteStream
}

/**
 * Sends requests as they are: no redirect is followed here, and no credential added. Lost connections and
 * passing failures (408, 429, 500, 502 to 504) are tried again. Throws `NETWORK`, `TIMEOUT`, `ABORTED`.
 */
export interface Transport {
  request(request: Request): Promise<Response>
  /** Waits as long as before another try of its own, for callers that try again by themselves. */
  pause(attempt: number, signal?: AbortSignal): Promise<void>
  close(): void
}

export function createTransport(options: TransportOptions = {}): Transport {
  return new NodeTransport(options)
}

/** Lets the rest of a body pass by, so that its connection can be used again. */
export function discard(body: ByteStream): void {
  if (body instanceof ResponseBody) body.discard()
}

class NodeTransport implements Transport {
  readonly #options: TransportOptions
  readonly #retry: RetryPolicy
  readonly #routes = new Map<string, Promise<Route>>()

  constructor(options: TransportOptions) {
    this.#options = options
    this.#retry = { ...defaultRetry, ...options.retry }
  }

  async request(asked: Request): Promise<Response> {
    const request = this.#withSignal(asked)
    const { signal } = request
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= this.#retry.attempts || request.retry === false
      if (isAborted(signal)) throw networkError(signal?.reason, request)
      let wait: number | undefined
      try {
        const response = await this.#send(request)
        if (last || !isTemporary(response.status)) return response
        wait = waitAfter(attempt, this.#retry, response.headers)
        if (wait === undefined) return response
        discard(response.body)
      } catch (error) {
        if (last || isAborted(signal) || !isPassing(error)) throw networkError(error, request)
        wait = isStaleConnection(error) ? 0 : (waitAfter(attempt, this.#retry) ?? 0)
      }
      await pause(wait, signal)
    }
  }

  async pause(attempt: number, signal?: AbortSignal): Promise<void> {
    await pause(waitAfter(attempt, this.#retry) ?? 0, signal)
  }

  close(): void {
    for (const opening of this.#routes.values()) {
      // A route that never opened, which its request was told, has nothing to close.
      opening.then(
        ({ agent }) => agent.destroy(),
        () => undefined,
      )
    }
    this.#routes.clear()
  }

  async #send(request: Request): Promise<Response> {
    const { connectTimeout = 15_000, idleTimeout = 60_000, userAgent = 'chartroom' } = this.#options
    const route = await this.#route(request.url, idleTimeout)
    return exchange(request, { route, userAgent, connectTimeout, idleTimeout })
  }

  #route(url: URL, idleTimeout: number): Promise<Route> {
    const known = this.#routes.get(url.origin)
    if (known !== undefined) return known
    const opening = openRoute(url, {
      ...this.#options,
      idleTimeout,
      connections: this.#options.connections ?? 16,
    })
    this.#routes.set(url.origin, opening)
    return opening
  }

  #withSignal(request: Request): Request {
    const { signal: ours } = this.#options
    if (ours === undefined) return request
    const signal = request.signal === undefined ? ours : AbortSignal.any([ours, request.signal])
    return { ...request, signal }
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}
