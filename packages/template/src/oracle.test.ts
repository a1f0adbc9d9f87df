import { describe, expect, it } from 'vitest'
import { comparable } from '../test/comparable.ts'
import { answerOf, groupNames, readGroup } from '../test/golden-case.ts'
import { knownDifference } from '../test/known-differences.ts'
import { ourAnswer } from '../test/our-answer.ts'

describe('what Go answers to the cases of interop/oracle/template', () => {
  it.each(groupNames)('%s is what we answer', (name) => {
    const wrong = readGroup(name).flatMap((asked) => {
      if (knownDifference(asked) !== undefined) return []
      const ours = ourAnswer(asked)
      const go = answerOf(asked)
      return comparable(ours) === comparable(go) ? [] : [{ asked: asked.template ?? asked.format, ours, go }]
    })
    expect(wrong.slice(0, 20), `${wrong.length} answers differ`).toEqual([])
  })

  it('differs where it is known to, and for each reason that is given', () => {
    const known = groupNames.flatMap(readGroup).filter((asked) => knownDifference(asked) !== undefined)
    const differing = known.filter((asked) => comparable(ourAnswer(asked)) !== comparable(answerOf(asked)))
    expect(new Set(differing.map(knownDifference))).toEqual(new Set(known.map(knownDifference)))
    expect(differing).not.toEqual([])
  })
})
