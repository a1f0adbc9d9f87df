import { ChartroomError } from '@chartroom/errors'
import type { Packed } from '../../package/packed.ts'

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
  const linted = skipped.lint ? [] : await checkAll(charts, await lintCheck(), lintRefusal)
  const tested = skipped.test ? [] : await checkAll(charts, await testCheck(), testRefusal)
  return [...linted, ...tested]
}

type Check = (packed: Packed) => Promise<Checked>

// Each brings the engine of templates along, which a publish that skips them, and every other verb, can spare.
async function lintCheck(): Promise<Check> {
  return (await import('./lint-packed.ts')).lintPacked
}

async function testCheck(): Promise<Check> {
  return (await import('./test-packed.ts')).testPacked
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

async function checkAll(charts: readonly Packed[], check: Check, refusal: Refusal): Promise<string[]> {
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
