import { ChartroomError } from '@chartroom/errors'
import type { Packed } from '../../package/packed.ts'
import { lintPacked } from './lint-packed.ts'
import { testPacked } from './test-packed.ts'

export interface Skipped {
  readonly lint: boolean
  readonly test: boolean
}

/** What was found in one chart, each a line for a person. */
export interface Checked {
  /** What keeps it from being published. */
  readonly faults: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Lints charts, and renders them with their defaults and with `ci/*-values.yaml`. Returns what is only worth a
 * warning: warnings of lint, and defaults that do not render, because a chart may require values. Throws
 * `CHART_INVALID` that names all faults: errors of lint, or else values in `ci/` that do not render.
 */
export async function checkCharts(charts: readonly Packed[], skipped: Skipped): Promise<string[]> {
  const linted = skipped.lint ? [] : await checkAll(charts, lintPacked, lintRefusal)
  const tested = skipped.test ? [] : await checkAll(charts, testPacked, testRefusal)
  return [...linted, ...tested]
}

interface Refusal {
  readonly op: string
  readonly hint: string
}

const lintRefusal: Refusal = {
  op: 'lint',
  hint: 'Mend the chart, or pass --skip-lint to publish it as it is.',
}

const testRefusal: Refusal = {
  op: 'test',
  hint: 'Mend the chart or the values in its ci folder, or pass --skip-test to publish it as it is.',
}

async function checkAll(
  charts: readonly Packed[],
  check: (packed: Packed) => Promise<Checked>,
  refusal: Refusal,
): Promise<string[]> {
  const faults: string[] = []
  const warnings: string[] = []
  for (const packed of charts) {
    const { name, version } = packed.chart.metadata
    const checked = await check(packed)
    if (checked.faults.length > 0) faults.push(`${name} ${version}: ${checked.faults.join('; ')}`)
    warnings.push(
      ...checked.warnings.map((text) => (charts.length === 1 ? text : `${name} ${version}: ${text}`)),
    )
  }
  if (faults.length > 0) throw new ChartroomError('CHART_INVALID', faults.join('\n'), refusal)
  return warnings
}
