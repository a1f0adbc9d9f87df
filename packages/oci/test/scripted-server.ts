import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { serverCertificate, serverKey } from './certificates.ts'

/** One request as it arrived. */
export interface Arrived {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** The port of the client: the same for the same connection. */
  readonly clientPort: number | undefined
}

/** What is answered; a status of 0 closes the connection without a word. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body?: string | Uint8Array
  /** The connection is cut after so many bytes of the body. */
  readonly cutAfter?: number
  /** Milliseconds of silence before the answer. */
  readonly delay?: number
  /** Nothing more is sent after the headers. */
  readonly stall?: boolean
  /** Answered before the request's body is read. */
  readonly early?: boolean
}

export type Reply = Answer | ((request: Arrived) => Answer)

/** By `METHOD /path?query` or `METHOD /path`; several replies are given one after the other, the last again and again. */
export type Script = Readonly<Record<string, Reply | readonly Reply[]>>

export interface ScriptedServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  readonly port: number
  readonly url: string
  readonly requests: readonly Arrived[]
  /** `METHOD /path?query` of each request, in order. */
  log(): string[]
}

/** A server that answers by a table and keeps what it was asked; it ends with the test. */
export async function scriptedServer(
  script: Script | ((self: { host: string; port: number }) => Script),
  options: ServerOptions = {},
): Promise<ScriptedServer> {
  const actor = new Actor()
  const server = listenerOf(actor, options)
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  actor.script = typeof script === 'function' ? script({ host, port }) : script
  const { requests } = actor
  return {
    host,
    port,
    url: `${options.tls === true ? 'https' : 'http'}://${host}`,
    requests,
    log: () => requests.map(({ method, path }) => `${method} ${path}`),
  }
}

export interface ServerOptions {
  readonly tls?: boolean
  /** Clients must show a certificate of `ca`. */
  readonly requestCert?: boolean
  readonly ca?: string
  /** In place of the usual ones, PEM. */
  readonly cert?: string
  readonly key?: string
}

function listenerOf(actor: Actor, { tls, ...options }: ServerOptions): Server {
  const listener: RequestListener = (incoming, outgoing) => {
    void actor.play(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error))
  }
  if (tls !== true) return createServer(listener)
  const rejectUnauthorized = options.requestCert === true
  return createTlsServer(
    { key: serverKey, cert: serverCertificate, ...options, rejectUnauthorized },
    listener,
  )
}

class Actor {
  script: Script = {}
  readonly requests: Arrived[] = []
  readonly #asked = new Map<string, number>()

  async play(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers, socket } = incoming
    const reply = this.#pick(`${method} ${path}`)
    const early = typeof reply === 'object' && reply.early === true
    const body = early ? Buffer.alloc(0) : await bodyOf(incoming)
    const request = { method, path, headers, body, clientPort: socket.remotePort }
    this.requests.push(request)
    await answer(outgoing, typeof reply === 'function' ? reply(request) : reply)
  }

  #pick(line: string): Reply {
    const key = line in this.script ? line : (line.split('?', 1)[0] ?? '')
    const replies = this.script[key] ?? { status: 404 }
    const list = Array.isArray(replies) ? (replies as readonly Reply[]) : [replies as Reply]
    const count = this.#asked.get(key) ?? 0
    this.#asked.set(key, count + 1)
    return list[Math.min(count, list.length - 1)] ?? { status: 404 }
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function answer(
  outgoing: ServerResponse,
  { status = 200, headers = {}, body = '', cutAfter, delay, stall }: Answer,
): Promise<void> {
  if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay))
  if (status === 0) return void outgoing.socket?.destroy()
  const bytes = Buffer.from(body)
  outgoing.writeHead(status, { 'content-length': bytes.length, ...headers })
  if (stall === true) return outgoing.flushHeaders()
  if (cutAfter === undefined) return void outgoing.end(bytes)
  outgoing.write(bytes.subarray(0, cutAfter), () => outgoing.socket?.destroy())
}
