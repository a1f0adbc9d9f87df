import { BlockList, isIP } from 'node:net'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The proxy for a URL by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; undefined for none. As in Go's
 * clients, loopback is never proxied and `NO_PROXY` may hold networks (`10.0.0.0/8`). Link-local addresses, where
 * clouds answer what a machine may know of itself, cannot be reached through a proxy.
 */
export async function proxyOf(url: URL, env: Env | undefined): Promise<URL | undefined> {
  if (env === undefined || !mentionsProxy(env) || isNear(hostnameOf(url)) || inNoProxy(url, env))
    return undefined
  const { getProxyForUrl } = await import('proxy-from-env')
  const proxy = asHttp(getProxyForUrl(url.href), env)
  return URL.canParse(proxy) ? new URL(proxy) : undefined
}

// `proxy:3128` without a scheme is an HTTP proxy, for HTTPS too, as in Go and curl.
function asHttp(proxy: string, env: Env): string {
  const written = Object.values(env).includes(proxy)
  return written ? proxy : proxy.replace(/^https:/, 'http:')
}

/** Without brackets, where it is an IPv6 address. */
function hostnameOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

function isNear(name: string): boolean {
  return isLoopbackName(name) || /^169\.254(\.\d{1,3}){2}$/.test(name)
}

/** Without port and brackets. */
export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  )
}

// So that most runs, which know no proxy, load nothing for one.
function mentionsProxy(env: Env): boolean {
  return Object.keys(env).some((name) => /^(?:https?|all)_proxy$/i.test(name))
}

function inNoProxy(url: URL, env: Env): boolean {
  const name = hostnameOf(url)
  const family = isIP(name)
  if (family === 0) return false
  const list = new BlockList()
  for (const item of (env.no_proxy ?? env.NO_PROXY ?? '').split(/[\s,]+/)) {
    const [, network = '', bits = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(item) ?? []
    const kind = isIP(network)
    if (kind !== 0 && Number(bits) <= (kind === 4 ? 32 : 128))
      list.addSubnet(network, Number(bits), kind === 4 ? 'ipv4' : 'ipv6')
  }
  return list.check(name, family === 4 ? 'ipv4' : 'ipv6')
}
