import { quote } from '@chartroom/go'
import { fromByteUnits, toByteUnits } from '../bytes.ts'
import { addressVersion } from './address.ts'
import { escapeUrl, UrlError, unescapeUrl } from './escape.ts'

/** The parts of Go's `url.URL` that Sprig shows, in byte units. */
export interface Url {
  readonly scheme: string
  readonly opaque: string
  /** Escaped; undefined where the URL has none. */
  readonly userinfo: string | undefined
  readonly host: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

/** Go's `url.Parse`. Throws `UrlError` in its words. */
export function parseUrl(text: string): Url {
  const units = toByteUnits(text)
  const hash = units.indexOf('#')
  const whole = hash < 0 ? units : units.slice(0, hash)
  const fragment = hash < 0 ? '' : units.slice(hash + 1)
  const url = naming(whole, () => parseWhole(whole))
  return naming(units, () => ({ ...url, fragment: unescapeUrl(fragment, 'fragment') }))
}

/** Adds to an error what was parsed. */
function naming<T>(units: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof UrlError)) throw error
    throw new UrlError(`parse ${quote(fromByteUnits(units))}: ${error.message}`)
  }
}

const none: Url = { scheme: '', opaque: '', userinfo: undefined, host: '', path: '', query: '', fragment: '' }

function parseWhole(text: string): Url {
  if (/[\0-\x1f\x7f]/.test(text)) throw new UrlError('net/url: invalid control character in URL')
  if (text === '*') return { ...none, path: '*' }
  if (text.startsWith(':')) throw new UrlError('missing protocol scheme')
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(text)?.[0] ?? ''
  const [hierarchy, query] = cut(scheme === '' ? text : text.slice(scheme.length + 1), '?')
  const url = { ...none, scheme: scheme.toLowerCase(), query }
  if (!hierarchy.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: hierarchy }
    if (cut(hierarchy, '/')[0].includes(':')) {
      throw new UrlError('first path segment in URL cannot contain colon')
    }
  }
  const hasAuthority = hierarchy.startsWith('//') && (scheme !== '' || !hierarchy.startsWith('///'))
  if (!hasAuthority) return { ...url, path: unescapeUrl(hierarchy, 'path') }
  const slash = hierarchy.indexOf('/', 2)
  const end = slash < 0 ? hierarchy.length : slash
  const authority = parseAuthority(url.scheme, hierarchy.slice(2, end))
  return { ...url, ...authority, path: unescapeUrl(hierarchy.slice(end), 'path') }
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function parseAuthority(scheme: string, authority: string): Pick<Url, 'userinfo' | 'host'> {
  const at = authority.lastIndexOf('@')
  const host = parseHost(scheme, authority.slice(at + 1))
  return { host, userinfo: at < 0 ? undefined : parseUserinfo(authority.slice(0, at)) }
}

function parseUserinfo(text: string): string {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) throw new UrlError('net/url: invalid userinfo')
  const normal = (part: string): string => escapeUrl(unescapeUrl(part, 'user'), 'user')
  const [name, password] = cut(text, ':')
  return text.includes(':') ? `${normal(name)}:${normal(password)}` : normal(name)
}

function parseHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) throw new UrlError('invalid IP-literal')
  if (bracket === 0) return parseLiteral(host)
  const isWeb = scheme === 'http' || scheme === 'https'
  const colon = isWeb ? host.indexOf(':') : host.lastIndexOf(':')
  if (colon >= 0) checkPort(host.slice(colon))
  return unescapeUrl(host, 'host')
}

function checkPort(port: string): void {
  if (!/^(?::[0-9]*)?$/.test(port))
    throw new UrlError(`invalid port ${quote(fromByteUnits(port))} after host`)
}

/** An IPv6 address in brackets, with a zone perhaps. */
function parseLiteral(host: string): string {
  const end = host.lastIndexOf(']')
  if (end < 0) throw new UrlError("missing ']' in host")
  const port = host.slice(end + 1)
  checkPort(port)
  const name = host.slice(1, end)
  const zone = name.indexOf('%25')
  const address =
    zone < 0
      ? unescapeUrl(name, 'host')
      : unescapeUrl(name.slice(0, zone), 'host') + unescapeUrl(name.slice(zone), 'zone')
  if (versionOf(address) === 4) throw new UrlError('invalid IP-literal')
  return `[${address}]${port}`
}

function versionOf(address: string): 4 | 6 {
  try {
    return addressVersion(address)
  } catch (error) {
    throw error instanceof UrlError ? new UrlError(`invalid host: ${error.message}`) : error
  }
}

/** Go's `Hostname()`: the host without port and brackets. */
export function hostname(host: string): string {
  const name = host.replace(/:[0-9]*$/, '')
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
}
