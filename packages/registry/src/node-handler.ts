import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ByteStream } from '@chartroom/oci'
import type { Failpoint } from '@chartroom/store'
import type { Answer, RegistryRequest, Reply } from './message.ts'

/** Answers, which never fail, for `node:http`. A small answer that is ready is written in one piece, in the same turn. */
export function createNodeHandler(
  answer: (request: RegistryRequest) => Answer,
  failpoint: Failpoint,
): (request: IncomingMessage, response: ServerResponse) => void {
  function send(reply: Reply, message: IncomingMessage, response: ServerResponse): void {
    if (message.method === 'GET' || message.method === 'HEAD') return write(reply, response)
    failpoint('response:before')
    write(reply, response)
    response.once('finish', () => failpoint('response:after'))
  }

  return (message, response) => {
    const reply = answer(requestOf(message))
    if (reply instanceof Promise) void reply.then((ready) => send(ready, message, response))
    else send(reply, message, response)
  }
}

const noQuery = new URLSearchParams()

function requestOf(message: IncomingMessage): RegistryRequest {
  const url = message.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? noQuery : new URLSearchParams(url.slice(mark + 1)),
    header: (name) => {
      const value = message.headers[name]
      return typeof value === 'string' ? value : value?.[0]
    },
    body: message,
  }
}

function write({ status, headers, body }: Reply, response: ServerResponse): void {
  response.writeHead(status, headers as Record<string, string>)
  if (body === undefined || body instanceof Uint8Array) {
    response.end(body)
    return
  }
  void stream(body, response)
}

// A broken connection or disk ends the response short of its Content-Length: the client sees that it is cut.
async function stream(body: ByteStream, response: ServerResponse): Promise<void> {
  const source = body instanceof Readable ? body : Readable.from(body)
  await pipeline(source, response).then(undefined, () => response.destroy())
}
