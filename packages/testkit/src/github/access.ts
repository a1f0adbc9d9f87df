import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './answer.ts'
import { problem } from './answer.ts'

/** What a token may do with the contents of the repository: `permissions: contents: ...` of a workflow. */
export type Access = 'none' | 'read' | 'write'

/** Requests an hour, and how many are left; a rate-limited answer is given once none is. */
export interface RateLimit {
  limit: number
  remaining: number
  /** Seconds since the epoch. */
  reset: number
}

/** The token of `authorization: Bearer` or `token`; undefined without one. */
export function tokenOf({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^(?:bearer|token) (.+)$/i.exec(authorization ?? '')?.[1]
}

export interface AccessRequest {
  readonly headers: IncomingHttpHeaders
  readonly tokens: Readonly<Record<string, Access>>
  readonly isPrivate: boolean
  readonly writes: boolean
}

/** The refusal of a request, or undefined for one that may go on. */
export function refusal({ headers, tokens, isPrivate, writes }: AccessRequest): Answer | undefined {
  if (!headers['user-agent']) {
    return problem(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    )
  }
  const token = tokenOf(headers)
  if (headers.authorization !== undefined && (token === undefined || tokens[token] === undefined))
    return problem(401, 'Bad credentials')
  const access = token === undefined ? 'none' : (tokens[token] ?? 'none')
  // What a caller may not see is not there.
  if (isPrivate && access === 'none') return problem(404, 'Not Found')
  if (!writes || access === 'write') return undefined
  if (token === undefined) return problem(401, 'Requires authentication')
  return problem(403, 'Resource not accessible by integration')
}

export function rateHeaders({ limit, remaining, reset }: RateLimit): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, remaining)),
    'x-ratelimit-used': String(limit - Math.max(0, remaining)),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': 'core',
  }
}

export function rateLimited(): Answer {
  return problem(
    403,
    'API rate limit exceeded for installation.',
    '/using-the-rest-api/rate-limits-for-the-rest-api',
  )
}

export function secondaryLimited(status: 403 | 429, retryAfter: number): Answer {
  const answer = problem(
    status,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    '/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits',
  )
  return { ...answer, headers: { 'retry-after': String(retryAfter) } }
}
