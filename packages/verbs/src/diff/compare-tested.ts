import type { Chart } from '@chartroom/chart'
import { asChartroomError, hasCode } from '@chartroom/errors'
import { mergeGivenValues } from '@chartroom/template'
import type { TestValues } from '../publish/check/test-values.ts'
import type { ComparedChart, CompareOptions } from './compare-charts.ts'
import { compareCharts, labelled } from './compare-charts.ts'
import type { ObjectDifference } from './object-difference.ts'

/** A chart with the values that it is tested with. */
export interface TestedSide {
  /** For messages. */
  readonly label: string
  readonly chart: Chart
  readonly tests: readonly TestValues[]
}

/** What two charts render with the same file of values, or with their defaults. */
export interface TestedComparison {
  /** `ci/small-values.yaml`; undefined for the defaults. */
  readonly values?: string
  /** Whose file it is, where one of two charts has it: both are rendered with that. */
  readonly only?: 'before' | 'after'
  /** Undefined where a side cannot be rendered. */
  readonly differences?: readonly ObjectDifference[]
  /** Why not, for each side that cannot be, beginning with its label. */
  readonly failures: readonly string[]
}

/**
 * Compares charts as `publish` tests them: with their defaults, and with each `ci/*-values.yaml` that one of them has.
 * A file of both is for each chart its own. Undefined stands for no chart at all. Throws only what is no fault of a
 * chart: `ABORTED`, `INTERNAL`, and `USAGE` for options.
 */
export async function compareTested(
  before: TestedSide | undefined,
  after: TestedSide | undefined,
  options: CompareOptions = {},
): Promise<TestedComparison[]> {
  const names = [after, before].flatMap((side) => (side?.tests ?? []).map(({ name }) => name))
  const found: TestedComparison[] = []
  for (const name of [undefined, ...new Set(names)]) {
    const [old, fresh] = [fileOf(before, name), fileOf(after, name)]
    const only = old === undefined ? 'after' : 'before'
    const isOfOne =
      before !== undefined && after !== undefined && (old === undefined) !== (fresh === undefined)
    found.push({
      ...(name === undefined ? {} : { values: name }),
      ...(isOfOne ? { only } : {}),
      ...(await compareWith([before, old ?? fresh], [after, fresh ?? old], options)),
    })
  }
  return found
}

type Given = readonly [side: TestedSide | undefined, values: TestValues | undefined]

function fileOf(side: TestedSide | undefined, name: string | undefined): TestValues | undefined {
  return side?.tests.find((one) => one.name === name)
}

async function compareWith(
  before: Given,
  after: Given,
  options: CompareOptions,
): Promise<Pick<TestedComparison, 'differences' | 'failures'>> {
  try {
    const differences = await compareCharts(await compared(before), await compared(after), options)
    return { differences, failures: [] }
  } catch (error) {
    const own = messageOf(error)
    // The first side that fails ends a comparison, and the other may be no better.
    const failures = [await failureOf(before, options), await failureOf(after, options)]
    const known = failures.filter((failure) => failure !== undefined)
    return { failures: known.length === 0 ? [own] : known }
  }
}

async function failureOf(given: Given, options: CompareOptions): Promise<string | undefined> {
  try {
    await compareCharts(undefined, await compared(given), options)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

async function compared([side, values]: Given): Promise<ComparedChart | undefined> {
  if (side === undefined) return undefined
  const { label, chart } = side
  const given = values === undefined ? {} : { files: [values] }
  return { label, chart, values: await labelled(label, async () => mergeGivenValues(given)) }
}

function messageOf(error: unknown): string {
  if (hasCode(error, 'ABORTED', 'INTERNAL', 'USAGE')) throw error
  return asChartroomError(error).message
}
