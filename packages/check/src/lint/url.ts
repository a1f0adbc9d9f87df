/**
 * Whether Go's url.ParseRequestURI takes the text for an absolute URL with a scheme. What follows the scheme
 * may be opaque: `mailto:x` is one.
 */
export function isRequestUrl(text: string): boolean {
  const parts = /^[a-zA-Z][a-zA-Z0-9+.-]*:(.*)$/s.exec(text)
  const rest = parts?.[1]
  if (rest === undefined || /[^\P{Cc}\u0080-\u009f]/u.test(text)) return false
  if (!rest.startsWith('/')) return true
  const [beforeQuery = ''] = rest.split('?', 1)
  if (!beforeQuery.startsWith('//')) return hasGoodEscapes(beforeQuery)
  const slash = beforeQuery.indexOf('/', 2)
  const authority = beforeQuery.slice(2, slash < 0 ? undefined : slash)
  return isAuthority(authority) && (slash < 0 || hasGoodEscapes(beforeQuery.slice(slash)))
}

/** What Helm's lint takes for the address of a maintainer: a host with a dot, with or without a scheme. */
export function isUrl(text: string): boolean {
  const length = [...text].length
  if (length >= 2083 || new TextEncoder().encode(text).length <= 3 || text.startsWith('.')) return false
  const parts = /^(?:(?:ftp|tcp|udp|wss?|https?):\/\/)?([^\s/?#]+)(?:[/?#]\S*)?$/.exec(text)
  if (parts?.[1] === undefined) return false
  const hasScheme = text.includes('://')
  if (!hasScheme && !text.includes(':') && !parts[1].includes('.')) return false
  return (
    isHost(parts[1].slice(parts[1].lastIndexOf('@') + 1)) &&
    (!hasScheme || isRequestUrl(text.split('#', 1)[0] ?? ''))
  )
}

/** An address with a dotted domain; quoted local parts are not taken. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = text.slice(at + 1).replace(/\.$/, '')
  const labels = domain.split('.')
  if (
    at < 0 ||
    labels.length < 2 ||
    !labels.every((label) =>
      /^[a-z\d\u00a0-\uffef](?:[\w.~\u00a0-\uffef-]*[a-z\d\u00a0-\uffef])?$/i.test(label),
    )
  ) {
    return false
  }
  if (!/^[a-z\u00a0-\uffef]/i.test(labels.at(-1) ?? '')) return false
  return local.split('.').every((part) => /^[\w!#$%&'*+\-/=?^`{|}~\u00a0-\uffef]+$/.test(part))
}

function isAuthority(authority: string): boolean {
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  const user = authority.slice(0, Math.max(0, authority.lastIndexOf('@')))
  if (!/^[\w\-.~!$&'()*+,;=:%@]*$/.test(user)) return false
  const bracketed = /^\[[^\]]*\](.*)$/.exec(host)
  const port = bracketed === null ? host.slice((host + ':').indexOf(':')) : (bracketed[1] ?? '')
  if (host.startsWith('[') && bracketed === null) return false
  // Go takes a percent escape in a host only for what is no ASCII.
  return /^(:\d*)?$/.test(port) && !/[\s"<>\\^`{|}#]|%(?![89a-f][\da-f])/i.test(host)
}

function isHost(host: string): boolean {
  if (/^\[[\da-fA-F:.]+\](:\d{1,5})?$/.test(host)) return true
  const [name = '', port, ...more] = host.split(':')
  if (more.length > 0 || (port !== undefined && !/^\d{1,5}$/.test(port))) return false
  const [first = '', ...rest] = name.replace(/\.$/, '').split('.')
  return isLabel(first.replaceAll('_', '-')) && rest.every(isLabel)
}

function isLabel(label: string): boolean {
  return /^[a-z\d\u00a1-\uffff](?:[a-z\d\u00a1-\uffff-]*[a-z\d\u00a1-\uffff])?$/i.test(label)
}

function hasGoodEscapes(path: string): boolean {
  return !/%(?![\da-f]{2})/i.test(path)
}
