/** What a token allows, as far as it says so itself. */
export interface Grant {
  /** `repository:NAME:pull,push`, sorted. */
  readonly scopes: readonly string[]
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined
}

/**
 * Reads the `access` claim of a token in distribution's form (its Token Authentication Implementation). Undefined for
 * a token that only its registry can read. Nothing here trusts it: it is read for people.
 */
export function grantOf(token: string): Grant | undefined {
  const claims = claimsOf(token)
  const access = claims?.['access']
  if (!Array.isArray(access)) return undefined
  const scopes = access.slice(0, 100).flatMap((entry: unknown) => scopeOf(entry) ?? [])
  const ends = claims?.['exp']
  return { scopes: scopes.sort(), expiresAt: typeof ends === 'number' ? ends * 1000 : undefined }
}

function scopeOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return undefined
  const { type, name, actions } = entry
  if (typeof type !== 'string' || typeof name !== 'string' || !Array.isArray(actions)) return undefined
  return `${type}:${name}:${actions.filter((action) => typeof action === 'string').join(',')}`
}

function claimsOf(token: string): Record<string, unknown> | undefined {
  const [, payload = ''] = token.split('.')
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    )
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    // Tokens that only their issuer can read look like anything.
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
