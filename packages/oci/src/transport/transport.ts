import { readFileSync } from 'node:fs'
import * as http from 'node:http'
import * as https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import { ChartroomError, redactUrl } from '@chartroom/errors'
import { getProxyForUrl } from 'proxy-from-env'
import type { ByteStream, Content } from '../target.ts'

export interface TransportOptions {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly userAgent?: string | undefined
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly retry?: Partial<RetryPolicy> | undefined
  /** Milliseconds without a byte after which a request fails; default 60,000. */
  readonly idleTimeout?: number | undefined
  /** Connections kept to one origin; default 16. */
  readonly connections?: number | undefined
}

export interface RetryPolicy {
  /** Tries in all; default 5. */
  readonly attempts: number
  /** Milliseconds before the second try, doubled for each further one; default 250. */
  readonly delay: number
  /** The longest wait in milliseconds, also for `Retry-After`; default 30,000. */
  readonly maxDelay: number
}

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Content | undefined
  /** Bytes of the body. */
  readonly bodySize?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((bytes: number) => void) | undefined
}

export interface Response {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly url: URL
  readonly body: ByteStream
}

/** Sends requests as they are: no redirect is followed here, and no credential added. */
export interface Transport {
  request(request: Request): Promise<Response>
  close(): void
}

const defaultRetry: RetryPolicy = { attempts: 5, delay: 250, maxDelay: 30_000 }

export function createTransport(options: TransportOptions = {}): Transport {
  return new NodeTransport(options)
}

class NodeTransport implements Transport {
  readonly #options: TransportOptions
  readonly #retry: RetryPolicy
  readonly #agents = new Map<string, http.Agent>()

  constructor(options: TransportOptions) {
    this.#options = options
    this.#retry = { ...defaultRetry, ...options.retry }
  }

  async request(request: Request): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      request.signal?.throwIfAborted()
      const last = attempt >= this.#retry.attempts
      try {
        const response = await this.#send(request)
        if (last || !isTemporary(response.status)) return response
        await discard(response.body)
        await sleep(this.#wait(attempt, response.headers['retry-after']), undefined, abortOf(request))
      } catch (error) {
        if (last || request.signal?.aborted === true || !isNetworkError(error)) throw wrap(error, request)
        await sleep(this.#wait(attempt), undefined, abortOf(request))
      }
    }
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy()
    this.#agents.clear()
  }

  #wait(attempt: number, retryAfter?: string): number {
    const { delay, maxDelay } = this.#retry
    const asked = retryAfter === undefined ? undefined : retryAfterMilliseconds(retryAfter)
    const backoff = delay * 2 ** (attempt - 1) * (0.8 + Math.random() * 0.4)
    return Math.min(maxDelay, asked ?? backoff)
  }

  async #send(request: Request): Promise<Response> {
    const { url, method } = request
    const agent = await this.#agent(url)
    const headers: Record<string, string | number> = {
      'user-agent': this.#options.userAgent ?? 'chartroom',
      ...request.headers,
    }
    if (request.bodySize !== undefined) headers['content-length'] = request.bodySize
    return new Promise((resolve, reject) => {
      const module = url.protocol === 'https:' ? https : http
      const outgoing = module.request(url, { method, headers, agent, signal: request.signal })
      outgoing.setTimeout(this.#options.idleTimeout ?? 60_000, () => {
        outgoing.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))
      })
      outgoing.once('error', reject)
      outgoing.once('response', (incoming) => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, url, body: incoming })
      })
      if (request.body === undefined) outgoing.end()
      else void sendBody(outgoing, request).catch((error: unknown) => outgoing.destroy(error as Error))
    })
  }

  async #agent(url: URL): Promise<http.Agent> {
    const proxy = proxyOf(url, this.#options.env)
    const key = `${url.protocol}//${url.host} ${proxy}`
    const known = this.#agents.get(key)
    if (known !== undefined) return known
    const made = await this.#createAgent(url, proxy)
    this.#agents.set(key, made)
    return made
  }

  async #createAgent(url: URL, proxy: string): Promise<http.Agent> {
    const pool = { keepAlive: true, maxSockets: this.#options.connections ?? 16, scheduling: 'lifo' as const }
    const tls = url.protocol === 'https:' ? this.#tls() : {}
    if (proxy !== '') {
      const { HttpsProxyAgent } = await import('https-proxy-agent')
      return new HttpsProxyAgent(proxy, { ...pool, ...tls }) as unknown as http.Agent
    }
    return url.protocol === 'https:' ? new https.Agent({ ...pool, ...tls }) : new http.Agent(pool)
  }

  #tls(): https.AgentOptions {
    const { caFile, certFile, keyFile, insecureSkipTlsVerify } = this.#options
    return {
      ...(caFile === undefined ? {} : { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] }),
      ...(certFile === undefined ? {} : { cert: readFileSync(certFile) }),
      ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
      rejectUnauthorized: insecureSkipTlsVerify !== true,
    }
  }
}

async function sendBody(outgoing: http.ClientRequest, { body, onProgress }: Request): Promise<void> {
  let sent = 0
  for await (const chunk of body?.open() ?? []) {
    sent += chunk.length
    if (!outgoing.write(chunk)) await drained(outgoing)
    if (outgoing.destroyed) return
    onProgress?.(sent)
  }
  outgoing.end()
}

function drained(outgoing: http.ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done)
      resolve()
    }
    outgoing.on('drain', done).on('close', done)
  })
}

/** Reads a body to its end, so that the connection can be used again. */
export async function discard(body: ByteStream): Promise<void> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > 1024 * 1024) return
  }
}

function proxyOf(url: URL, env: TransportOptions['env']): string {
  return env === undefined ? '' : getProxyForUrl(url.href)
}

function isTemporary(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

function isNetworkError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    temporaryCodes.has(error.code)
  )
}

const temporaryCodes = new Set([
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ECONNABORTED',
  'HPE_INVALID_CONSTANT',
])

function retryAfterMilliseconds(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

function abortOf({ signal }: Request): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal }
}

function wrap(error: unknown, { method, url }: Request): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError' || error instanceof ChartroomError)
    return error
  const code = 'code' in error ? String(error.code) : ''
  const details = { op: `${method} ${redactUrl(url)}`, origin: url.host, cause: error }
  if (code === 'ETIMEDOUT')
    return new ChartroomError('TIMEOUT', `${url.host} did not answer in time`, details)
  return new ChartroomError('NETWORK', `${url.host} cannot be reached: ${error.message}`, {
    ...details,
    hint: 'Check the host name, the network and, behind a proxy, HTTPS_PROXY.',
  })
}
