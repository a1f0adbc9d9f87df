import type { ChangedChart, ObjectChange } from '@chartroom/verbs'
import { limits } from './limits.ts'
import { code, escaped, table } from './markdown.ts'

/** What `check` has found of one chart. */
export interface CheckedChart {
  /** Relative to the workspace, with `/`. */
  readonly path: string
  readonly name?: string | undefined
  readonly version?: string | undefined
  /** False for an archive, which git has no changes of. */
  readonly isFolder?: boolean | undefined
  /** Of lint. */
  readonly errors: number
  readonly warnings: number
  readonly unreadable?: string | undefined
  readonly renderFault?: string | undefined
  /** Since the base. */
  readonly change?: ChangedChart | undefined
  readonly counts?: Readonly<Record<ObjectChange, number>> | undefined
  /** Of its rendered objects since the base, as Markdown; or why there are none to show. */
  readonly differences?: string | undefined
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

/** The differences of one chart, folded by object. */
export function differencesBlock({ path, name, version, change, differences = '' }: CheckedChart): string {
  const versions = [change?.oldVersion, version]
    .filter((text) => text !== undefined)
    .map((text) => escaped(text))
  return `#### ${escaped(name ?? path)} ${[...new Set(versions)].join(' → ')}\n\n${differences}`
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
