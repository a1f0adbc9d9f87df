import type { ChangedChart, ObjectChange, TestedComparison } from '@chartroom/verbs'
import { limits } from './limits.ts'
import type { LoadedChart } from './loaded-chart.ts'
import { code, escaped, table } from './markdown.ts'

/** What `check` has found of one chart. */
export interface CheckedChart {
  /** Relative to the workspace, with `/`. */
  readonly path: string
  readonly name?: string | undefined
  readonly version?: string | undefined
  /** Undefined where it cannot be read. */
  readonly loaded?: LoadedChart | undefined
  /** Of lint. */
  readonly errors: number
  readonly warnings: number
  readonly unreadable?: string | undefined
  readonly renderFault?: string | undefined
  /** Since the base. */
  readonly change?: ChangedChart | undefined
  /** Of its rendered objects since the base. */
  readonly comparisons?: readonly ValuesComparison[] | undefined
}

/** What has become of the objects of a chart, rendered with one file of values. */
export interface ValuesComparison extends Pick<TestedComparison, 'values' | 'only' | 'failures'> {
  readonly counts?: Readonly<Record<ObjectChange, number>>
  /** As Markdown. */
  readonly differences?: string
}

export function checkedTable(charts: readonly CheckedChart[]): string {
  const rows = charts.map((chart) => [
    escaped(chart.name ?? chart.path),
    escaped(chart.version ?? chart.change?.version ?? ''),
    lintWords(chart),
    chart.renderFault === undefined ? 'good' : 'failed',
    changeWords(chart.change),
    code(chart.path),
  ])
  return table(
    ['chart', 'version', 'lint', 'render', 'since the base', 'folder'],
    rows,
    limits.summaryBytes >> 3,
  )
}

/** The differences of one chart, folded by object: a block for each file of values that has any. */
export function differencesBlocks({ path, name, version, change, comparisons }: CheckedChart): string[] {
  if (comparisons === undefined) return []
  const versions = [change?.oldVersion, version]
    .filter((text) => text !== undefined)
    .map((text) => escaped(text))
  const title = `#### ${escaped(name ?? path)} ${[...new Set(versions)].join(' → ')}`
  const equal = comparisons.filter((one) => one.differences !== undefined && isEqual(one))
  const shown = comparisons.filter((one) => !equal.includes(one))
  const words = equal.map(withValues)
  const rest = words.length === 0 ? [] : [`No objects are different ${words.join(', ')}.`]
  const [first = '', ...more] = [...shown.map((one, index) => section(one, shown.slice(0, index))), ...rest]
  return [`${title}\n\n${first}`, ...more]
}

function isEqual({ counts }: ValuesComparison): boolean {
  return counts !== undefined && counts.added + counts.removed + counts.changed === 0
}

function section(one: ValuesComparison, before: readonly ValuesComparison[]): string {
  const { differences, failures } = one
  const words = withValues(one)
  const title = `##### ${words.charAt(0).toUpperCase()}${words.slice(1)}\n\n`
  if (differences === undefined) {
    const lines = failures.map((failure) => `- ${escaped(failure)}`)
    return `${title}The objects cannot be compared:\n\n${lines.join('\n')}\n`
  }
  const twin = before.find((other) => other.differences === differences)
  return `${title}${twin === undefined ? differences : `The same differences as ${withValues(twin)}.`}`
}

function withValues({ values, only }: ValuesComparison): string {
  if (values === undefined) return 'with default values'
  const whose =
    only === undefined
      ? ''
      : `, which the ${only === 'before' ? 'old' : 'new'} chart alone has: used for both`
  return `with ${code(values)}${whose}`
}

function lintWords({ errors, warnings, unreadable }: CheckedChart): string {
  if (unreadable !== undefined) return 'unreadable'
  const words = [
    ...(errors === 0 ? [] : [`${errors} errors`]),
    ...(warnings === 0 ? [] : [`${warnings} warnings`]),
  ]
  return words.length === 0 ? 'good' : words.join(', ')
}

function changeWords(change: ChangedChart | undefined): string {
  if (change === undefined) return ''
  if (!change.changed) return change.change === 'moved' ? 'moved' : 'unchanged'
  if (change.change === 'added' || change.change === 'deleted') return change.change
  return change.bumped
    ? `changed, raised from ${escaped(change.oldVersion ?? '')}`
    : `**changed, not raised**: set ${escaped(change.nextVersion ?? 'a higher version')}`
}
