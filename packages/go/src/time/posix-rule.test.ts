import { describe, expect, it } from 'vitest'
import { parsePosixRule, periodOf } from './posix-rule.ts'

const at = (text: string) => BigInt(Date.parse(`${text}Z`) / 1000)

describe('a POSIX zone rule', () => {
  it.each([
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-03-29T00:59:59', 'CET', 3600],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-03-29T01:00:00', 'CEST', 7200],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2026-10-25T01:00:00', 'CET', 3600],
    ['NZST-12NZDT,M9.5.0,M4.1.0/3', '2026-01-01T00:00:00', 'NZDT', 46_800],
    ['NZST-12NZDT,M9.5.0,M4.1.0/3', '2026-06-01T00:00:00', 'NZST', 43_200],
    ['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', '2026-01-01T00:00:00', '+11', 39_600],
    ['<-03>3', '2026-01-01T00:00:00', '-03', -10_800],
    ['EST5EDT', '2026-07-01T00:00:00', 'EDT', -14_400],
    ['AAA0BBB,J60,J61', '2024-03-01T12:00:00', 'BBB', 3600],
    ['AAA0BBB,60,61', '2024-03-01T12:00:00', 'BBB', 3600],
  ])('%s says of %s that it is %s', (rule, time, abbreviation, offset) => {
    const parsed = parsePosixRule(rule)
    expect(parsed).toBeDefined()
    if (parsed !== undefined) expect(periodOf(parsed, at(time))).toMatchObject({ abbreviation, offset })
  })

  it.each(['', 'CET', '-1', 'CET-1CEST,M13.1.0,M1.1.0', 'CET-1CEST,M3.5.0', 'A1B', 'CET-1CEST,x,y'])(
    'is not %j',
    (text) => {
      expect(parsePosixRule(text)).toBeUndefined()
    },
  )
})
