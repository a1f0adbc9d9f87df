import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Answer, RegistryRequest, Reply } from './message.ts'

/** The same answers as a Hono application. */
export function createApp(answer: (request: RegistryRequest) => Answer): Hono {
  const app = new Hono()
  app.all('*', async (context) => responseOf(await answer(requestOf(context.req.raw)), context.req.method))
  return app
}

function requestOf(request: Request): RegistryRequest {
  const url = new URL(request.url)
  return {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    header: (name) => request.headers.get(name) ?? undefined,
    body: request.body ?? nothing,
    signal: request.signal,
  }
}

const nothing: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
}

function responseOf({ status, headers, body }: Reply, method: string): Response {
  const init = { status, headers }
  if (body === undefined || method === 'HEAD') return new Response(null, init)
  if (body instanceof Uint8Array) return new Response(Buffer.from(body), init)
  return new Response(
    Readable.toWeb(body instanceof Readable ? body : Readable.from(body)) as ReadableStream,
    init,
  )
}
