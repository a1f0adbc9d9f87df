import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { isIP } from 'node:net'
import { ChartroomError } from '@chartroom/errors'
import { limits } from './limits.ts'
import type { RegistryOptions } from './registry.ts'
import { createRegistry } from './registry.ts'

export interface ServerOptions extends RegistryOptions {
  /** `HOST:PORT`, `:PORT` or `[IPV6]:PORT`; port 0 takes a free one. Default `127.0.0.1:5000`. */
  readonly addr?: string | undefined
  /** PEM texts. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer } | undefined
  /** Lets passwords travel in the clear on an address others can reach. */
  readonly allowInsecure?: boolean | undefined
  readonly idleMs?: number | undefined
}

export interface RunningServer {
  /** `http://127.0.0.1:5000`, without a slash at the end. */
  readonly url: string
  /** `127.0.0.1:5000`. */
  readonly host: string
  /** Takes no new connection, lets requests under way end, at most this long. */
  close(graceMs?: number): Promise<void>
}

/** Serves a registry. Throws `USAGE` for a bad, busy or unsafe address. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const address = parseAddress(options.addr ?? '127.0.0.1:5000')
  refuseOpenPasswords(options, address.host)
  const { handler } = createRegistry(options)
  const server =
    options.tls === undefined ? createServer(handler) : createTlsServer({ ...options.tls }, handler)
  // A slow upload of a large blob is legitimate; a silent connection is not.
  server.requestTimeout = 0
  server.setTimeout(options.idleMs ?? limits.idleMs)
  server.keepAliveTimeout = limits.keepAliveMs
  await listen(server, address)
  const { port } = server.address() as AddressInfo
  const host = `${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`
  return {
    host,
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}`,
    close: (graceMs = limits.closeGraceMs) => close(server, graceMs),
  }
}

interface Address {
  readonly host: string
  readonly port: number
}

function parseAddress(text: string): Address {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]\s]*)):(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  if (match === null || port > 65_535) {
    throw new ChartroomError('USAGE', `${JSON.stringify(text)} is not an address to listen on`, {
      hint: 'Write HOST:PORT, such as 127.0.0.1:5000.',
    })
  }
  return { host: (match[1] ?? match[2]) || '0.0.0.0', port }
}

function refuseOpenPasswords({ auth, tls, allowInsecure }: ServerOptions, host: string): void {
  if (auth?.htpasswd === undefined || tls !== undefined || allowInsecure === true || isLoopbackAddress(host))
    return
  throw new ChartroomError('USAGE', `passwords would travel in the clear to ${host}`, {
    hint: 'Give --tls-cert and --tls-key, or listen on 127.0.0.1; --allow-insecure accepts the risk.',
  })
}

function isLoopbackAddress(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

async function listen(server: Server, { host, port }: Address): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    throw await listenError(error, { host, port })
  }
}

async function listenError(error: unknown, { host, port }: Address): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new ChartroomError('USAGE', `the port ${port} of ${host} is in use`, {
      cause: error,
      hint: `Stop what listens there, or take a free one: --addr ${host}:${await freePort(host)}`,
    })
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ChartroomError('USAGE', `cannot listen on ${host}:${port}: ${String(code)}`, {
      cause: error,
      hint: 'Use an address of this machine and a port above 1023.',
    })
  }
  return error
}

async function freePort(host: string): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, host, resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function close(server: Server, graceMs: number): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection whose request has ended since would be kept for the next one.
  const idle = setInterval(() => server.closeIdleConnections(), limits.closeCheckMs)
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await ended
  clearInterval(idle)
  clearTimeout(timer)
}
