import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { ChartroomError } from '@chartroom/errors'
import { ResponseBody } from './body.ts'
import { networkError, refusedByProxy, timedOut } from './network-error.ts'
import { isTemporary } from './retry.ts'
import type { Route } from './route.ts'
import { stopOnAbort } from './stop.ts'
import type { Request, Response } from './transport.ts'

export interface ExchangeOptions {
  readonly route: Route
  readonly userAgent: string
  readonly connectTimeout: number
  readonly idleTimeout: number
}

/** Bytes a second that a registry digests at least while it keeps us waiting for the answer to an upload. */
const digestion = 8 * 1024 * 1024

/** One request and its answer, without another try. Rejects with what Node says. */
export function exchange(request: Request, options: ExchangeOptions): Promise<Response> {
  const { method, url } = request
  const { route, idleTimeout } = options
  // Whole seconds, so that a small body leaves the connection's own timer as it is.
  const timeout = idleTimeout + Math.floor((request.bodySize ?? 0) / digestion) * 1000
  return new Promise((resolve, reject) => {
    const outgoing = route.request({
      ...route.target(url),
      method,
      agent: route.agent,
      headers: headersOf(request, options),
      timeout,
    })
    if (request.signal !== undefined) stopOnAbort(outgoing, request.signal)
    const sending = { source: false, answered: false }
    let incoming: IncomingMessage | undefined
    outgoing.on('error', (error) => reject(outgoing.reusedSocket ? onOldConnection(error) : error))
    outgoing.on('timeout', () => {
      // Waiting for our own source, or for a reader of ours, is not the other side's silence.
      if (sending.source || (incoming !== undefined && incoming.readableLength > 0))
        outgoing.socket?.setTimeout(timeout)
      else (incoming ?? outgoing).destroy(timedOut(`nothing came for ${Math.round(timeout / 1000)} s`))
    })
    limitConnecting(outgoing, options)
    outgoing.on('response', (message) => {
      incoming = message
      sending.answered = true
      const { statusCode: status = 0 } = message
      if (route.tunnelled && !isEncrypted(message.socket) && !isTemporary(status)) {
        message.destroy()
        return reject(refusedByProxy(url, status))
      }
      if (!outgoing.writableEnded) message.on('close', () => outgoing.destroy())
      const body = new ResponseBody(message, (error) => networkError(error, request))
      return resolve({ status, headers: message.headers, url, body })
    })
    void sendBody(outgoing, request, sending).catch((error: unknown) => outgoing.destroy(error as Error))
  })
}

function isEncrypted(socket: Socket & { encrypted?: boolean }): boolean {
  return socket.encrypted === true
}

// The other side may close an idle connection at the very moment we take it up again.
function onOldConnection(error: Error): Error {
  return Object.assign(error, { reusedSocket: true })
}

function headersOf(request: Request, { route, userAgent }: ExchangeOptions): Record<string, string | number> {
  return {
    host: request.url.host,
    'user-agent': userAgent,
    'accept-encoding': 'identity',
    ...route.headers,
    ...request.headers,
    ...(request.bodySize === undefined ? {} : { 'content-length': request.bodySize }),
  }
}

function limitConnecting(
  outgoing: ClientRequest,
  { route, connectTimeout, idleTimeout }: ExchangeOptions,
): void {
  const limit = route.tunnelled ? connectTimeout + idleTimeout : connectTimeout
  const start = (): NodeJS.Timeout =>
    setTimeout(() => outgoing.destroy(timedOut(`no connection within ${Math.round(limit / 1000)} s`)), limit)
  let timer = route.tunnelled ? start() : undefined
  const stop = (): void => clearTimeout(timer)
  if (route.tunnelled) outgoing.on('close', stop)
  outgoing.on('socket', (socket: Socket & { encrypted?: boolean }) => {
    if (!socket.connecting) return stop()
    if (timer === undefined) outgoing.on('close', stop)
    timer ??= start()
    socket.once(socket.encrypted === true ? 'secureConnect' : 'connect', stop)
  })
}

interface Sending {
  /** True while the next part of the body is awaited from its source. */
  source: boolean
  /** True once an answer began, also before the body was sent. */
  answered: boolean
}

async function sendBody(outgoing: ClientRequest, request: Request, sending: Sending): Promise<void> {
  const { body, bodySize, onProgress } = request
  if (body === undefined) return void outgoing.end()
  if (body.bytes !== undefined) {
    const { bytes } = body
    outgoing.end(bytes, () => onProgress?.(bytes.length))
    return
  }
  let sent = 0
  sending.source = true
  for await (const chunk of body.open()) {
    sending.source = false
    // An answer before the end is a refusal: the rest would go nowhere.
    if (sending.answered || outgoing.destroyed) return
    sent += chunk.length
    if (bodySize !== undefined && sent > bodySize) throw wrongBody(sent, bodySize)
    if (!outgoing.write(chunk)) await drained(outgoing)
    onProgress?.(sent)
    sending.source = true
  }
  sending.source = false
  if (bodySize !== undefined && sent !== bodySize) throw wrongBody(sent, bodySize)
  outgoing.end()
}

function wrongBody(sent: number, wanted: number): ChartroomError {
  return new ChartroomError('SIZE_MISMATCH', `what was to be sent has ${sent} bytes, not ${wanted}`, {
    hint: 'The file may have changed while it was read: try again.',
  })
}

function drained(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done).off('response', done)
      resolve()
    }
    outgoing.on('drain', done).on('close', done).on('response', done)
  })
}
