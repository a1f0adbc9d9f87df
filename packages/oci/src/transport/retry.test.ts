import { describe, expect, it } from 'vitest'
import { defaultRetry, isTemporary, retryAfter, waitAfter } from './retry.ts'

describe('another try', () => {
  it.each([408, 429, 500, 502, 503, 504])('is made after %i', (status) => {
    expect(isTemporary(status)).toBe(true)
  })

  it.each([200, 400, 401, 403, 404, 409, 413, 416, 501, 505])('is not made after %i', (status) => {
    expect(isTemporary(status)).toBe(false)
  })

  it('waits twice as long each time, give or take a fifth, to a limit', () => {
    for (const [attempt, wanted] of [1, 2, 3, 4, 30].entries()) {
      const base = Math.min(defaultRetry.maxDelay, 250 * 2 ** (wanted - 1))
      const wait = waitAfter(wanted, defaultRetry) ?? NaN
      expect(wait, String(attempt)).toBeGreaterThanOrEqual(base * 0.8)
      expect(wait).toBeLessThanOrEqual(base * 1.2)
    }
  })

  it('waits as long as it is asked to, in seconds or to a date', () => {
    expect(waitAfter(1, defaultRetry, { 'retry-after': '7' })).toBe(7000)
    const date = new Date(Date.now() + 20_000).toUTCString()
    const wait = waitAfter(1, defaultRetry, { 'retry-after': date }) ?? NaN
    expect(wait).toBeGreaterThan(18_000)
    expect(wait).toBeLessThanOrEqual(20_000)
  })

  it('is given up when it would be too long to wait', () => {
    expect(waitAfter(1, defaultRetry, { 'retry-after': '3600' })).toBeUndefined()
  })

  it.each(['', 'soon', '-1', '1e9', '99999999999999999999'])('ignores a Retry-After of %j', (text) => {
    expect(retryAfter({ 'retry-after': text })).toBeUndefined()
  })

  it('needs no waiting for a date that has passed', () => {
    expect(retryAfter({ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })).toBe(0)
  })
})
