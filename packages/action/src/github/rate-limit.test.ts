import { describe, expect, it } from 'vitest'
import { rateLimitWait } from './rate-limit.ts'

const now = Date.parse('2026-11-25T12:00:00Z')
const reset = String(now / 1000 + 30)

describe('a limit', () => {
  it.each([
    ['the primary one', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, '', 31_000],
    ['one that has passed', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, '', 1000],
    ['the secondary one', 403, { 'retry-after': '7', 'x-ratelimit-remaining': '12' }, '', 7000],
    ['one that says no time', 403, {}, 'You have exceeded a secondary rate limit', 60_000],
    ['one without any word', 429, {}, '', 60_000],
    [
      'want of rights',
      403,
      { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': reset },
      'Resource not accessible',
      undefined,
    ],
    ['a bad token', 401, { 'retry-after': '7' }, '', undefined],
    ['a success', 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, '', undefined],
  ])('told by %s is waited for so long', (_, status, headers, message, wait) => {
    expect(rateLimitWait({ status, headers }, { message }, now)).toBe(wait)
  })
})
