import { fixedZone, GoTime, goInt, isObject, utc } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import type { TemplatePorts } from '../ports.ts'
import { portablePorts } from '../portable-ports.ts'
import { dateFunctions } from './dates.ts'
import type { GoldenCall } from '../../test/golden-crypto.ts'
import { answerTo, callOrError, goldenCrypto } from '../../test/golden-crypto.ts'

const zones = {
  local: fixedZone('Local', 3600),
  find: (name: string) => (name === 'Test/Zone' ? fixedZone('TST', -7200) : undefined),
}
// Every look at the clock is a second later.
let clock = 1_767_225_600
const ports: TemplatePorts = {
  ...portablePorts(globalThis),
  zones,
  now: () => ({ seconds: clock++, nanoseconds: 500_000_000, monotonic: BigInt(clock) * 1_000_000_000n }),
}
const functions = dateFunctions(ports)

describe('dates and durations', () => {
  it('are those of Sprig', () => {
    const inUtc = dateFunctions({ ...ports, zones: { ...zones, local: utc } })
    const calls = goldenCrypto<GoldenCall[]>('dates')
    const answers = calls.map((call) => ({ call, answer: answerTo(inUtc, call) }))
    expect(answers.filter(({ call, answer }) => answer !== (call.gives ?? call.error))).toEqual([])
  })

  it('of what is no time are those of now: numbers from values too, which are float64', () => {
    for (const value of [1_767_225_600, 'text', null, true, goInt(5, 'uint8')]) {
      clock = 1_767_225_600
      expect(callOrError(functions, 'date', ['2006-01-02T15:04:05', value])).toBe('2026-01-01T01:00:00')
    }
  })

  it('have the zone that is asked for, and UTC for one that is not known', () => {
    const time = goInt(0, 'int64')
    expect(callOrError(functions, 'dateInZone', ['15:04 MST', time, 'Test/Zone'])).toBe('22:00 TST')
    expect(callOrError(functions, 'dateInZone', ['15:04 MST', time, 'Other/Zone'])).toBe('00:00 UTC')
    expect(callOrError(functions, 'date', ['15:04 MST', time])).toBe('01:00 Local')
  })

  it('count from now, in whole seconds', () => {
    clock = 1_767_225_600
    expect(callOrError(functions, 'ago', [goInt(1_767_225_600 - 3_700)])).toBe('1h1m41s')
    const now = callOrError(functions, 'now', [])
    expect(callOrError(functions, 'ago', [now])).toBe('1s')
    expect(callOrError(functions, 'ago', ['no time'])).toBe('1s')
    expect(callOrError(functions, 'durationRound', [goInt(3_600_000_000_001n, 'int64')])).toBe('1h')
    expect(callOrError(functions, 'durationRound', [now])).toBe('4s')
  })

  it('keep the reading of the monotonic clock in now alone', () => {
    const now = callOrError(functions, 'now', [])
    expect(isObject(now) ? now.text?.() : '').toMatch(/^2026-01-01 01:00:0\d\.5 \+0100 Local m=\+\d+\.0{9}$/)
    expect(now instanceof GoTime ? now.json() : '').toMatch(/^2026-01-01T01:00:0\d\.5\+01:00$/)
  })
})
