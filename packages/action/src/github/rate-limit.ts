import type { Response } from '@chartroom/oci'
import { messageOf } from './answer.ts'

/** What GitHub asks to wait for where it says of no time, in milliseconds. */
const unsaid = 60_000

/**
 * Milliseconds to wait where an answer is that of a limit (GitHub REST, rate limits): `retry-after`, else until
 * `x-ratelimit-reset`, else a minute. Undefined for any other answer, such as a 403 for want of rights.
 */
export function rateLimitWait(
  { status, headers }: Pick<Response, 'headers' | 'status'>,
  body: unknown,
  now: number,
): number | undefined {
  if (status !== 403 && status !== 429) return undefined
  const after = number(headers['retry-after'])
  if (after !== undefined) return after * 1000
  const isSpent = headers['x-ratelimit-remaining'] === '0'
  const reset = number(headers['x-ratelimit-reset'])
  // A second more, because clocks differ.
  if (isSpent && reset !== undefined) return Math.max(0, reset * 1000 - now) + 1000
  const saysSo = /rate limit/i.test(messageOf(body))
  return status === 429 || isSpent || saysSo ? unsaid : undefined
}

function number(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}
