import type { Agent, ClientRequest, RequestOptions } from 'node:http'
import * as http from 'node:http'
import { proxyOf } from './proxy.ts'
import type { TlsOptions } from './tls.ts'
import { tlsAgentOptions } from './tls.ts'

export interface RouteOptions extends TlsOptions {
  readonly connections: number
  readonly idleTimeout: number
}

/** How requests get to one origin: the module, its pool of connections, the proxy between. */
export interface Route {
  readonly request: (options: RequestOptions) => ClientRequest
  readonly agent: Agent
  /** What to dial, with the form of the path that is spoken there. */
  target(url: URL): Pick<RequestOptions, 'protocol' | 'host' | 'port' | 'path'>
  readonly headers: Readonly<Record<string, string>>
  /** True where the connection is made out of our sight, inside a proxy's agent. */
  readonly tunnelled: boolean
}

export async function openRoute(url: URL, options: RouteOptions): Promise<Route> {
  const { connections, idleTimeout } = options
  const pool = { keepAlive: true, maxSockets: connections, scheduling: 'lifo' as const, timeout: idleTimeout }
  const proxy = await proxyOf(url, options.env)
  if (url.protocol === 'http:' && proxy === undefined) return direct(http.request, new http.Agent(pool))
  if (url.protocol === 'http:' && proxy !== undefined) return absolute(proxy, pool, options)
  const https = await import('node:https')
  const tls = await tlsAgentOptions(options)
  if (proxy === undefined) return direct(https.request, new https.Agent({ ...pool, ...tls }))
  const { HttpsProxyAgent } = await import('https-proxy-agent')
  const agent = new HttpsProxyAgent(proxy, { ...pool, ...tls, noDelay: true })
  // Its TLS options are those of the hop to the proxy; these are those of the connection through it.
  Object.assign(agent.options, tls)
  return { ...direct(https.request, agent), tunnelled: true }
}

function direct(request: Route['request'], agent: Agent): Route {
  return {
    request,
    agent,
    target: (url) => ({
      // A proxy's agent finds its idle connections by it.
      protocol: url.protocol,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path: url.pathname + url.search,
    }),
    headers: {},
    tunnelled: false,
  }
}

// A proxy for plain HTTP is asked for the whole address (RFC 9112 section 3.2.2); many refuse CONNECT for it.
async function absolute(proxy: URL, pool: http.AgentOptions, options: RouteOptions): Promise<Route> {
  const secure = proxy.protocol === 'https:'
  const https = secure ? await import('node:https') : undefined
  const agent =
    https === undefined
      ? new http.Agent(pool)
      : new https.Agent({ ...pool, ...(await tlsAgentOptions(options)) })
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  return {
    request: https?.request ?? http.request,
    agent,
    target: (url) => ({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? (secure ? 443 : 80) : proxy.port,
      path: url.href,
    }),
    headers: login === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` },
    tunnelled: false,
  }
}
