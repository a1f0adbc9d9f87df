import { beforeAll, describe, expect, it } from 'vitest'
import { comparable } from '../../../packages/template/test/comparable.ts'
import type { GoldenCase } from '../../../packages/template/test/golden-case.ts'
import { ourAnswer } from '../../../packages/template/test/our-answer.ts'
import type { OracleAnswer } from './ask.mjs'
import { ask } from './ask.mjs'
import { buildOracle } from './build.mjs'
import {
  chartOf,
  chartTemplateOf,
  constraintOf,
  formatOf,
  schemaOf,
  templateOf,
  yamlOf,
} from './questions.ts'

/** A seed that fails becomes a case in cases/fuzzed.mjs. Other seeds: CHARTROOM_FUZZ_FROM=100000. */
const from = Number(process.env['CHARTROOM_FUZZ_FROM'] ?? 0)
const times = Number(process.env['CHARTROOM_FUZZ_TIMES'] ?? 1)

let program: string
beforeAll(() => {
  program = buildOracle()
}, 600_000)

describe('what chance writes', () => {
  it('as a template prints the same as in Go', () => {
    compare(3000, templateOf)
  })

  it('as a chart template prints the same as in Helm', () => {
    compare(1000, chartTemplateOf)
  })

  it('as a chart of charts has the same values as in Helm', () => {
    compare(2000, chartOf)
  })

  it('as a verb, a regular expression, a layout or a glob does the same as in Go', () => {
    compare(4000, formatOf)
  })

  it('as a schema takes and refuses the same values as in Helm', () => {
    compare(2000, schemaOf)
  })

  it('as YAML is read and written again as by Go', () => {
    compare(2000, yamlOf)
  })

  it('as a range of versions holds the same versions as in Go', () => {
    compare(2000, constraintOf)
  })
})

function compare(count: number, make: (seed: number) => GoldenCase): void {
  const seeds = Array.from({ length: count * times }, (_, index) => from + index)
  const asked = seeds.map(make)
  const go = ask(program, asked)
  const wrong: Difference[] = []
  for (const [index, one] of asked.entries()) {
    const ours = ourAnswer(one)
    const other = go[index]
    if (other === undefined || comparable(ours) === comparable(other)) continue
    wrong.push({ seed: seeds[index] ?? 0, asked: one, go: other, ours })
  }
  const steady = steadyOf(wrong)
  expect(steady.slice(0, 5), `${steady.length} of ${asked.length} answers differ`).toEqual([])
}

/** Those to which Go says the same again and again: the order of a map may decide an answer. */
function steadyOf(wrong: readonly Difference[]): Difference[] {
  const runs = 8
  const again = ask(
    program,
    wrong.flatMap(({ asked }) => Array.from({ length: runs }, () => asked)),
  )
  return wrong.filter(({ go }, index) =>
    again.slice(index * runs, (index + 1) * runs).every((one) => JSON.stringify(one) === JSON.stringify(go)),
  )
}

interface Difference {
  readonly seed: number
  readonly asked: GoldenCase
  readonly go: OracleAnswer
  readonly ours: OracleAnswer
}
