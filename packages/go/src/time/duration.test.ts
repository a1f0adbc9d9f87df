import { describe, expect, it } from 'vitest'
import { FunctionError } from '../value/function.ts'
import { durationOrZero, formatDuration, parseDuration, roundDuration, truncateDuration } from './duration.ts'
import { golden } from '../../test/golden-zones.ts'

interface Case {
  readonly text: string
  readonly gives?: string
  readonly error?: string
}

describe('parseDuration', () => {
  it('reads and writes every duration as Go does, and refuses what Go refuses', () => {
    const answers = golden<Case>('durations').map((one) => ({ one, answer: answerOf(one.text) }))
    expect(answers.filter(({ one, answer }) => answer !== (one.gives ?? one.error))).toEqual([])
  })

  it('drops digits without end after the point, and refuses them before it', () => {
    expect(parseDuration(`0.${'3'.repeat(100_000)}s`)).toBe(333_333_333n)
    expect(() => parseDuration(`${'3'.repeat(100_000)}s`)).toThrow('invalid duration')
  })

  it('is 0 where the caller wants no error', () => {
    expect(durationOrZero('1x')).toBe(0n)
  })
})

describe('rounding', () => {
  const least = -(1n << 63n)
  const most = (1n << 63n) - 1n

  it.each([
    [15n, 10n, 20n],
    [-15n, 10n, -20n],
    [14n, 10n, 10n],
    [most, 10n, most],
    [least, 10n, least],
    [7n, 0n, 7n],
    [7n, -5n, 7n],
  ])('of %d to %d is %d', (duration, unit, rounded) => {
    expect(roundDuration(duration, unit)).toBe(rounded)
  })

  it('down is towards zero', () => {
    expect(truncateDuration(-15n, 10n)).toBe(-10n)
    expect(truncateDuration(15n, -10n)).toBe(15n)
  })
})

function answerOf(text: string): string {
  try {
    return formatDuration(parseDuration(text))
  } catch (error) {
    if (error instanceof FunctionError) return error.message
    throw error
  }
}
