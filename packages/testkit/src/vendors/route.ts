import type { Call } from './message.ts'

/** What somebody wants to do with a repository. */
export type Action = 'pull' | 'push' | 'delete'

/** A request below `/v2/`, as far as access and personality depend on it. */
export interface Asked {
  readonly kind: 'ping' | 'catalog' | 'tags' | 'manifest' | 'blob' | 'upload' | 'referrers' | 'other'
  /** Empty for what is of no repository. */
  readonly repository: string
  /** Tag or digest. */
  readonly reference: string
  readonly action: Action
}

const patterns = [
  ['tags', /^\/v2\/(.+)\/tags\/(list)$/],
  ['manifest', /^\/v2\/(.+)\/manifests\/([^/]+)$/],
  ['referrers', /^\/v2\/(.+)\/referrers\/([^/]+)$/],
  ['upload', /^\/v2\/(.+)\/blobs\/uploads\/([^/]*)$/],
  ['blob', /^\/v2\/(.+)\/blobs\/([^/]+)$/],
] as const

export function askedOf({ method, url }: Pick<Call, 'method' | 'url'>): Asked {
  const path = decodeURIComponent(url.pathname)
  const action = method === 'DELETE' ? 'delete' : isRead(method) ? 'pull' : 'push'
  if (path === '/v2/' || path === '/v2') return { kind: 'ping', repository: '', reference: '', action }
  if (path === '/v2/_catalog') return { kind: 'catalog', repository: '', reference: '', action }
  for (const [kind, pattern] of patterns) {
    const [, repository, reference] = pattern.exec(path) ?? []
    if (repository === undefined || reference === undefined) continue
    // An upload is read and cancelled by whom may push.
    return { kind, repository, reference, action: kind === 'upload' ? 'push' : action }
  }
  return { kind: 'other', repository: '', reference: '', action }
}

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

export function isDigest(reference: string): boolean {
  return /^sha(256|512):[0-9a-f]+$/.test(reference)
}
