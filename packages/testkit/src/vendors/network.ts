import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { Authority } from '../certificate/authority.ts'
import type { Answer, Call, Service } from './message.ts'
import { text } from './message.ts'

/** One request that came through, in order of arrival. */
export interface Seen {
  readonly method: string
  readonly host: string
  /** With the query. */
  readonly path: string
  readonly headers: Call['headers']
  /** Undefined until it is answered. */
  status?: number
}

/** A forward proxy that is the whole internet: hosts are answered here, under their real names and our own CA. */
export interface Network {
  /** For `HTTPS_PROXY`. */
  readonly proxyUrl: string
  readonly seen: readonly Seen[]
  /** `METHOD host/path?query` of all requests to hosts that match, in order. */
  lines(host?: string): string[]
  /** Hosts that were asked for and are nobody's here. */
  readonly unknownHosts: readonly string[]
  clear(): void
  close(): Promise<void>
}

export interface Site {
  readonly host: string | RegExp
  readonly service: Service
}

export async function startNetwork(authority: Authority, sites: readonly Site[]): Promise<Network> {
  const network = new Internet(authority, sites)
  await network.listen()
  return network
}

class Internet implements Network {
  readonly seen: Seen[] = []
  readonly unknownHosts: string[] = []
  readonly #sites: readonly Site[]
  readonly #authority: Authority
  readonly #contexts = new Map<string, SecureContext>()
  readonly #sockets = new Set<Socket>()
  /** Whom a decrypted connection was opened to. */
  readonly #hosts = new WeakMap<object, string>()
  readonly #proxy = createServer((request, response) => this.#plain(request, response))
  readonly #inner = createServer((request, response) => this.#secure(request, response))

  constructor(authority: Authority, sites: readonly Site[]) {
    this.#authority = authority
    this.#sites = sites
    this.#proxy.on('connection', (socket: Socket) => this.#keep(socket))
    this.#proxy.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.#connect(request, socket, head),
    )
  }

  get proxyUrl(): string {
    return `http://127.0.0.1:${(this.#proxy.address() as AddressInfo).port}`
  }

  async listen(): Promise<void> {
    this.#proxy.listen(0, '127.0.0.1')
    await once(this.#proxy, 'listening')
  }

  lines(host?: string): string[] {
    return this.seen
      .filter((one) => host === undefined || one.host === host)
      .map((one) => `${one.method} ${one.host}${one.path}`)
  }

  clear(): void {
    this.seen.length = 0
    this.unknownHosts.length = 0
  }

  async close(): Promise<void> {
    const closed = once(this.#proxy, 'close')
    this.#proxy.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.#sockets.delete(socket))
  }

  #connect(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const [host = '', port] = (request.url ?? '').split(':')
    if (this.#siteOf(host) === undefined || port !== '443') {
      this.unknownHosts.push(request.url ?? '')
      return void socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: this.#contextOf(host),
      ALPNProtocols: ['http/1.1'],
    })
    this.#hosts.set(secure, host)
    this.#keep(secure)
    this.#inner.emit('connection', secure)
  }

  #contextOf(host: string): SecureContext {
    const context = this.#contexts.get(host) ?? createSecureContext(this.#authority.certify([host]))
    this.#contexts.set(host, context)
    return context
  }

  #siteOf(host: string): Site | undefined {
    return this.#sites.find((site) =>
      typeof site.host === 'string' ? site.host === host : site.host.test(host),
    )
  }

  // A request for plain HTTP names its host in its target. Nothing here is served over plain HTTP.
  #plain(request: IncomingMessage, response: ServerResponse): void {
    this.unknownHosts.push(request.url ?? '')
    request.resume()
    response.writeHead(502).end()
  }

  #secure(request: IncomingMessage, response: ServerResponse): void {
    const host = this.#hosts.get(request.socket) ?? ''
    const seen: Seen = {
      method: request.method ?? 'GET',
      host,
      path: request.url ?? '/',
      headers: request.headers,
    }
    this.seen.push(seen)
    const misdirected = request.headers.host !== host
    const service = misdirected ? () => text(421, 'misdirected\n') : this.#siteOf(host)?.service
    void answerWith(service ?? (() => text(404, 'nobody\n')), request, { host, response }).then(
      (status) => {
        seen.status = status
      },
      (error: unknown) => response.destroy(error as Error),
    )
  }
}

async function answerWith(
  service: Service,
  request: IncomingMessage,
  { host, response }: { host: string; response: ServerResponse },
): Promise<number> {
  let body: Promise<Buffer> | undefined
  const answer = await service({
    method: request.method ?? 'GET',
    url: new URL(`https://${host}${request.url ?? '/'}`),
    headers: request.headers,
    body: () => (body ??= readAll(request)),
  })
  send(answer, response)
  return answer.status
}

function send({ status, headers = {}, body = '' }: Answer, response: ServerResponse): void {
  const bytes = Buffer.from(body)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (status !== 204 && !response.hasHeader('content-length')) {
    response.setHeader('content-length', bytes.length)
  }
  response.writeHead(status).end(bytes)
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
