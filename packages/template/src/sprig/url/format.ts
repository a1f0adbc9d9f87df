import { escapeUrl } from './escape.ts'
import type { Url } from './parse.ts'

/** Go's `URL.String`, in byte units. */
export function formatUrl({ scheme, opaque, userinfo, host, path, query, fragment }: Url): string {
  let text = scheme === '' ? '' : `${scheme}:`
  if (opaque !== '') text += opaque
  else {
    const user = userinfo === undefined ? '' : `${userinfo}@`
    const hasAuthority = scheme !== '' || host !== '' || userinfo !== undefined
    if (hasAuthority && host + path + user !== '') text += `//${user}${escapeUrl(host, 'host')}`
    const escapedPath = path === '*' ? '*' : escapeUrl(path, 'path')
    if (escapedPath !== '' && !escapedPath.startsWith('/') && host !== '') text += '/'
    // A colon in the first segment would be read as the end of a scheme.
    if (text === '' && /^[^/]*:/.test(escapedPath)) text += './'
    text += escapedPath
  }
  if (query !== '') text += `?${query}`
  return fragment === '' ? text : `${text}#${escapeUrl(fragment, 'fragment')}`
}
