import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** One request as it arrived. */
export interface Arrived {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** The port of the client: the same for the same connection. */
  readonly clientPort: number | undefined
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** The connection is cut after so many bytes of the body. */
  readonly cutAfter?: number
  /** The body is sent again and again. */
  readonly endless?: boolean
}

type Reply = Answer | ((request: Arrived) => Answer)

/** By path, with or without its query. */
export type Pages = Readonly<Record<string, Reply>>

export interface WebServer {
  readonly url: string
  readonly host: string
  readonly requests: readonly Arrived[]
}

/** A web server that answers by a table, 404 to all else, and keeps what it was asked; it ends with the test. */
export async function webServer(pages: Pages): Promise<WebServer> {
  const requests: Arrived[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '', headers, socket } = incoming
    const request = { method, path, headers, clientPort: socket.remotePort }
    requests.push(request)
    const reply = pages[path] ?? pages[path.split('?', 1)[0] ?? ''] ?? { status: 404, body: 'not found' }
    answer(outgoing, typeof reply === 'function' ? reply(request) : reply)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { host, url: `http://${host}`, requests }
}

function answer(
  outgoing: ServerResponse,
  { status = 200, headers = {}, body = '', cutAfter, endless }: Answer,
): void {
  const bytes = Buffer.from(body)
  if (endless === true) {
    outgoing.writeHead(status, headers)
    const more = (): boolean => !outgoing.destroyed && outgoing.write(bytes) && more()
    outgoing.on('drain', more)
    more()
    return
  }
  outgoing.writeHead(status, { 'content-length': bytes.length, ...headers })
  if (cutAfter === undefined) outgoing.end(bytes)
  else outgoing.write(bytes.subarray(0, cutAfter), () => outgoing.socket?.destroy())
}
