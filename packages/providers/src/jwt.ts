import { member } from './api.ts'

/** A claim of a JSON Web Token, unverified; undefined for what is none. Whoever gave the token vouches for it. */
export function jwtClaim(token: string, name: string): unknown {
  const [, payload] = token.split('.')
  if (payload === undefined) return undefined
  try {
    return member(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')), name)
  } catch (error) {
    // Tokens that only their issuer can read look like anything.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
