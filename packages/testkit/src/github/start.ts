import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Access, RateLimit } from './access.ts'
import { rateHeaders, rateLimited, refusal, tokenOf } from './access.ts'
import type { Answer } from './answer.ts'
import type { Call } from './call.ts'
import type { Fault } from './fault.ts'
import { Faults } from './fault.ts'
import { ReleaseStore } from './release.ts'
import { answerCall, writes } from './route.ts'
import type { ViewOptions } from './view.ts'

export interface GitHubOptions {
  /** `OWNER/NAME`; default `octo/charts`. */
  readonly repository?: string | undefined
  /** By token; default one that may write the contents. */
  readonly tokens?: Readonly<Record<string, Access>> | undefined
  /** Git tags that were pushed. */
  readonly tags?: readonly string[] | undefined
  /** Shown to nobody without a token of its own. */
  readonly isPrivate?: boolean | undefined
  /** `/api/v3` for an Enterprise Server; default none. */
  readonly apiFolder?: string | undefined
  /** Whether assets are shown with their digest; default yes. */
  readonly showDigests?: boolean | undefined
  /** Whether releases are closed to changes when they are published; default no. */
  readonly immutableReleases?: boolean | undefined
}

/** A request that came, in its order. */
export interface SeenRequest {
  /** `POST /repos/octo/charts/releases`, without the folder of the interface and the query. */
  readonly line: string
  readonly authorization: string | undefined
}

/** A GitHub on this machine: the releases of one repository, at documented addresses. */
export interface StartedGitHub {
  /** `GITHUB_SERVER_URL`. */
  readonly url: string
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string
  /** `GITHUB_REPOSITORY`. */
  readonly repository: string
  /** The first that may write. */
  readonly token: string
  readonly store: ReleaseStore
  readonly requests: readonly SeenRequest[]
  /** Requests to where assets lie, which is another origin: none may bring a credential. */
  readonly storageRequests: readonly SeenRequest[]
  readonly rateLimit: RateLimit
  readonly storageUrl: string
  fault(fault: Fault): void
  close(): Promise<void>
}

/** Starts on free loopback ports. */
export async function startGitHub(options: GitHubOptions = {}): Promise<StartedGitHub> {
  const github = new GitHub(options)
  await github.start()
  return github
}

class GitHub implements StartedGitHub {
  readonly repository: string
  readonly token: string
  readonly store: ReleaseStore
  readonly requests: SeenRequest[] = []
  readonly storageRequests: SeenRequest[] = []
  readonly rateLimit: RateLimit = {
    limit: 1000,
    remaining: 1000,
    reset: Math.floor(Date.now() / 1000) + 3600,
  }
  readonly #options: GitHubOptions
  readonly #tokens: Readonly<Record<string, Access>>
  readonly #faults = new Faults()
  readonly #server: Server
  readonly #storage: Server

  constructor(options: GitHubOptions) {
    this.#options = options
    this.#tokens = options.tokens ?? { ghs_0123456789abcdefghijklmnopqrstuvwxyz: 'write' }
    this.repository = options.repository ?? 'octo/charts'
    this.token = Object.entries(this.#tokens).find(([, access]) => access === 'write')?.[0] ?? ''
    this.store = new ReleaseStore(options.tags ?? [])
    this.#server = createServer((request, response) => void this.#serve(request, response))
    this.#storage = createServer((request, response) => this.#serveBytes(request, response))
  }

  get url(): string {
    return urlOf(this.#server)
  }

  get apiUrl(): string {
    return `${this.url}${this.#options.apiFolder ?? ''}`
  }

  get storageUrl(): string {
    return urlOf(this.#storage)
  }

  async start(): Promise<void> {
    await Promise.all(
      [this.#server, this.#storage].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')),
    )
  }

  fault(fault: Fault): void {
    this.#faults.add(fault)
  }

  async close(): Promise<void> {
    for (const server of [this.#server, this.#storage]) {
      const closed = once(server, 'close')
      server.closeAllConnections()
      server.close()
      await closed
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request
    const url = new URL(request.url ?? '/', this.url)
    const path = this.#pathOf(url)
    const line = `${method} ${path}`
    this.requests.push({ line, authorization: headers.authorization })
    const fault = this.#faults.take(line)
    if (fault?.kind === 'cut') return void request.socket.destroy()
    const bytes = await bytesOf(request)
    if (bytes === undefined) return undefined
    if (fault?.kind === 'before') fault.act()
    const isFinal = fault?.kind === 'answer' ? fault.answer : undefined
    const answer =
      isFinal ??
      this.#answer({ method, path, query: url.searchParams, headers, bytes }, fault?.kind === 'half')
    if (fault?.kind === 'lost' || fault?.kind === 'half') return void request.socket.destroy()
    return this.#send(response, answer)
  }

  #answer(asked: Pick<Call, 'method' | 'path' | 'query' | 'headers' | 'bytes'>, half: boolean): Answer {
    const { headers, method, bytes } = asked
    this.rateLimit.remaining -= 1
    if (this.rateLimit.remaining < 0) return rateLimited()
    const { isPrivate = false, immutableReleases: closes = false } = this.#options
    const refused = refusal({ headers, tokens: this.#tokens, isPrivate, writes: writes(method) })
    if (refused !== undefined) return refused
    const mayWrite = this.#tokens[tokenOf(headers) ?? ''] === 'write'
    const rest = { store: this.store, view: this.#view(), storageUrl: this.storageUrl, mayWrite, closes }
    return answerCall({ ...asked, ...rest, json: membersOf(bytes) }, half)
  }

  #view(): ViewOptions {
    return {
      apiUrl: this.apiUrl,
      serverUrl: this.url,
      // An Enterprise Server takes uploads at its own name.
      uploadsUrl: this.#options.apiFolder === undefined ? `${this.url}/uploads` : `${this.url}/api/uploads`,
      repository: this.repository,
      showDigests: this.#options.showDigests ?? true,
    }
  }

  #pathOf({ pathname }: URL): string {
    const folder = this.#options.apiFolder
    if (folder === undefined) return pathname
    return pathname.replace(new RegExp(`^(?:${folder}|/api(?=/uploads/))`), '')
  }

  #send(response: ServerResponse, { status, headers, body }: Answer): void {
    const rate = rateHeaders(this.rateLimit)
    if (body === undefined) return void response.writeHead(status, { ...rate, ...headers }).end()
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...rate, ...headers })
    response.end(JSON.stringify(body))
  }

  // Like the real one, it refuses a request that is signed twice.
  #serveBytes({ method = 'GET', url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(url, this.storageUrl)
    this.storageRequests.push({ line: `${method} ${pathname}`, authorization: headers.authorization })
    const id = Number(pathname.slice(1))
    const asset = this.store.releases.flatMap(({ assets }) => assets).find((one) => one.id === id)
    if (headers.authorization !== undefined) return void response.writeHead(400).end('two authorizations')
    if (asset === undefined) return void response.writeHead(404).end()
    return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(asset.bytes)
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Undefined where the caller goes away in the middle. */
async function bytesOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = []
  try {
    for await (const part of request) parts.push(part as Buffer)
  } catch (error) {
    if (request.destroyed) return undefined
    throw error
  }
  return new Uint8Array(Buffer.concat(parts))
}

function membersOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
