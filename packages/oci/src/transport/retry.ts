import type { IncomingHttpHeaders } from 'node:http'

export interface RetryPolicy {
  /** Tries in all; default 5. */
  readonly attempts: number
  /** Milliseconds before the second try, doubled for each further one, give or take a fifth; default 250. */
  readonly delay: number
  /** The longest wait in milliseconds between two tries; default 10,000. */
  readonly maxDelay: number
  /** The longest `Retry-After` in milliseconds that is waited for; beyond it the answer stands. Default 60,000. */
  readonly maxRetryAfter: number
}

export const defaultRetry: RetryPolicy = {
  attempts: 5,
  delay: 250,
  maxDelay: 10_000,
  maxRetryAfter: 60_000,
}

/** Answers that another try may better. A 501 or 505 is final. */
export function isTemporary(status: number): boolean {
  return status === 408 || status === 429 || status === 500 || (status >= 502 && status <= 504)
}

/** Milliseconds before try `attempt + 1`; undefined when the server asks for more patience than there is. */
export function waitAfter(
  attempt: number,
  policy: RetryPolicy,
  headers?: IncomingHttpHeaders,
): number | undefined {
  const asked = retryAfter(headers)
  if (asked !== undefined && asked > policy.maxRetryAfter) return undefined
  const backoff = Math.min(policy.maxDelay, policy.delay * 2 ** (attempt - 1))
  return Math.max(asked ?? 0, backoff * (0.8 + Math.random() * 0.4))
}

/** `Retry-After` in milliseconds (RFC 9110 section 10.2.3): seconds, or a date. */
export function retryAfter(headers: IncomingHttpHeaders = {}): number | undefined {
  const text = headers['retry-after']?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  // Begins with a weekday; Date would also find a year in `-1`.
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
