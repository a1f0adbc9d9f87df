import type { TLSSocket } from 'node:tls'
import { networkError, refusedByProxy, timedOut } from './network-error.ts'
import type { Route } from './route.ts'
import { openRoute } from './route.ts'
import type { TlsOptions } from './tls.ts'

/** What a server shows of itself while a TLS connection is made. */
export interface TlsInspection {
  /** `TLSv1.3`; undefined where the connection did not stand. */
  readonly protocol: string | undefined
  /** Why the chain, its dates or its names are not trusted: a code of OpenSSL or Node. Undefined when they are. */
  readonly distrust: string | undefined
  /** The server's own certificate first. Empty where it showed none. */
  readonly chain: readonly ShownCertificate[]
}

export interface ShownCertificate {
  readonly subject: string
  readonly issuer: string
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
}

/** Certificates that a chain is followed through. */
const longestChain = 10

export interface InspectionOptions extends TlsOptions {
  /** Milliseconds; default 15,000. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Shakes hands with the server of an `https` address, by the same proxy and with the same authorities as requests,
 * and looks at what it shows, also where that is not trusted. No header of a user's is sent. Throws `NETWORK`,
 * `TIMEOUT`.
 */
export async function inspectTls(url: URL, options: InspectionOptions): Promise<TlsInspection> {
  const { timeout: idleTimeout = 15_000, signal } = options
  const route = await openRoute(url, { ...options, insecureSkipTlsVerify: true, connections: 1, idleTimeout })
  try {
    return await look(url, { route, idleTimeout, signal })
  } catch (error) {
    throw networkError(error, { method: 'TLS', url, signal })
  } finally {
    route.agent.destroy()
  }
}

interface Looking {
  readonly route: Route
  readonly idleTimeout: number
  readonly signal: AbortSignal | undefined
}

async function look(url: URL, { route, idleTimeout, signal }: Looking): Promise<TlsInspection> {
  const { TLSSocket: Encrypted } = await import('node:tls')
  return new Promise((resolve, reject) => {
    const outgoing = route.request({
      ...route.target(url),
      method: 'HEAD',
      agent: route.agent,
      timeout: idleTimeout,
      headers: { host: url.host, ...route.headers },
      ...(signal === undefined ? {} : { signal }),
    })
    let shown: TlsInspection | undefined
    outgoing.once('socket', (socket) => {
      if (!(socket instanceof Encrypted)) return
      if (socket.getProtocol() !== null && !socket.connecting) shown = shownBy(socket)
      socket.once('secureConnect', () => {
        shown = shownBy(socket)
      })
    })
    // A server that wants a certificate of ours shows its own before it hangs up.
    outgoing.once('error', (error) => (shown === undefined ? reject(error) : resolve(shown)))
    outgoing.once('timeout', () => outgoing.destroy(timedOut(`nothing came for ${idleTimeout / 1000} s`)))
    outgoing.once('response', (message) => {
      message.destroy()
      if (shown !== undefined) resolve(shown)
      else if (message.socket instanceof Encrypted) resolve(shownBy(message.socket))
      else reject(refusedByProxy(url, message.statusCode ?? 0))
    })
    outgoing.end()
  })
}

function shownBy(socket: TLSSocket): TlsInspection {
  const chain: ShownCertificate[] = []
  let current = socket.getPeerCertificate(true)
  while (chain.length < longestChain && current?.raw !== undefined) {
    chain.push({
      subject: nameOf(current.subject),
      issuer: nameOf(current.issuer),
      from: Date.parse(current.valid_from),
      until: Date.parse(current.valid_to),
    })
    const next = current.issuerCertificate
    if (next === undefined || next.fingerprint256 === current.fingerprint256) break
    current = next
  }
  return { protocol: socket.getProtocol() ?? undefined, distrust: distrustOf(socket), chain }
}

// Typed as an error, in truth a code or a text.
function distrustOf({ authorized, authorizationError }: TLSSocket): string | undefined {
  if (authorized) return undefined
  const reason: unknown = authorizationError
  return reason instanceof Error ? reason.message : String(reason)
}

function nameOf(name: Partial<Record<string, string | string[]>> | undefined): string {
  const known = name?.['CN'] ?? name?.['O'] ?? ''
  return Array.isArray(known) ? known.join(', ') : known
}
