/** A path below `/v2/`, taken apart. Names and references are not checked yet. */
export type Route = { readonly kind: 'ping' } | { readonly kind: 'catalog' } | NamedRoute

export type NamedRoute =
  | { readonly kind: 'tags'; readonly name: string }
  | { readonly kind: 'manifest'; readonly name: string; readonly reference: string }
  | { readonly kind: 'blob'; readonly name: string; readonly digest: string }
  | { readonly kind: 'uploads'; readonly name: string }
  | { readonly kind: 'upload'; readonly name: string; readonly id: string }
  | { readonly kind: 'referrers'; readonly name: string; readonly digest: string }

/** Undefined for what is no path of the specification. Names hold slashes, so paths are read from their end. */
export function parseRoute(path: string): Route | undefined {
  if (path === '/v2/' || path === '/v2') return { kind: 'ping' }
  if (path === '/v2/_catalog') return { kind: 'catalog' }
  const decoded = decode(path)
  if (decoded === undefined || !decoded.startsWith('/v2/')) return undefined
  const rest = decoded.slice('/v2/'.length)
  const last = rest.lastIndexOf('/')
  const before = rest.lastIndexOf('/', last - 1)
  if (before <= 0) return undefined
  return parseEnd(rest.slice(0, before), rest.slice(before + 1, last), rest.slice(last + 1))
}

function parseEnd(head: string, noun: string, value: string): Route | undefined {
  if (noun === 'uploads') return parseUpload(head, value)
  if (noun === 'blobs' && value === 'uploads') return { kind: 'uploads', name: head }
  if (noun === 'blobs') return { kind: 'blob', name: head, digest: value }
  if (noun === 'manifests') return { kind: 'manifest', name: head, reference: value }
  if (noun === 'referrers') return { kind: 'referrers', name: head, digest: value }
  if (noun === 'tags' && value === 'list') return { kind: 'tags', name: head }
  return undefined
}

function parseUpload(head: string, id: string): Route | undefined {
  if (!head.endsWith('/blobs')) return undefined
  const name = head.slice(0, -'/blobs'.length)
  return id === '' ? { kind: 'uploads', name } : { kind: 'upload', name, id }
}

function decode(path: string): string | undefined {
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
