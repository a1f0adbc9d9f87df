import { describe, expect, it } from 'vitest'
import { formatRfc3339, formatRfc3339Nano, parseRfc3339 } from './rfc3339.ts'

describe('RFC 3339', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.678901234+02:00', '2026-01-02T01:04:05.678Z'],
    ['2026-01-02t03:04:05z', '2026-01-02T03:04:05.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parseRfc3339(text)?.toISOString()).toBe(iso)
  })

  it.each(['', '2026-01-02', '2026-01-02 03:04:05Z', '2026-13-02T03:04:05Z', '2026-01-02T03:04:05', 'now'])(
    'refuses %j',
    (text) => {
      expect(parseRfc3339(text)).toBeUndefined()
    },
  )

  it('writes UTC, and no trailing zeros', () => {
    expect(formatRfc3339(new Date(1_500))).toBe('1970-01-01T00:00:01Z')
    expect(formatRfc3339Nano(new Date(1_500))).toBe('1970-01-01T00:00:01.5Z')
    expect(formatRfc3339Nano(new Date(1_000))).toBe('1970-01-01T00:00:01Z')
  })
})
