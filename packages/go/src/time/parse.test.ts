import { describe, expect, it } from 'vitest'
import { FunctionError } from '../value/function.ts'
import { parseTime } from './parse.ts'
import { golden, goldenZone } from '../../test/golden-zones.ts'
import { GoTime } from './time.ts'

interface Case {
  readonly zone: string
  readonly layout: string
  readonly value: string
  readonly gives?: string
  readonly error?: string
}

describe('parseTime', () => {
  it('reads every value as Go does, and refuses it in the same words', () => {
    const answers = golden<Case>('times-parse').map((one) => ({ one, answer: answerOf(one) }))
    expect(answers.filter(({ one, answer }) => answer !== (one.gives ?? one.error))).toEqual([])
  })
})

/** `UnixNano`, the time and its location, or the error. */
function answerOf({ zone, layout, value }: Case): string {
  const local = goldenZone(zone)
  try {
    const time = new GoTime({ ...parseTime(layout, value, local), local })
    return `${BigInt.asIntN(64, time.unixNanoseconds)} ${time.text()} ${time.parts.zone.name}`
  } catch (error) {
    if (error instanceof FunctionError) return error.message
    throw error
  }
}
