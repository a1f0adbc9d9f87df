import { resolve } from 'node:path'
import { missingDependencies } from '@chartroom/chart'
import { ChartroomError, hasCode } from '@chartroom/errors'
import type { ChangedChart } from '@chartroom/verbs'
import { checkCharts, packLoaded, readPacked } from '@chartroom/verbs'
import type { Action } from '../action.ts'
import { baseOf, compareWith } from '../base.ts'
import { chartLocations } from '../chart-patterns.ts'
import type { CheckedChart, ValuesComparison } from '../checked-chart.ts'
import { checkedTable, differencesBlocks } from '../checked-chart.ts'
import { lintWithAnnotations } from '../lint-annotations.ts'
import type { LoadedChart } from '../loaded-chart.ts'
import { fillingCommand, loadWhole } from '../loaded-chart.ts'

/** Lints and renders charts, and says what has become of them since the base: versions and rendered objects. */
export async function check(action: Action): Promise<void> {
  const { journal, outputs, summary, inputs } = action
  const paths = await chartLocations(action)
  const charts = await journal.group('Lint and render', () => inspect(action, paths))
  const base = baseOf(action)
  const compared =
    base === undefined
      ? undefined
      : await journal.group(`Compare with ${base}`, () => compareWith(action, base, charts))
  if (base === undefined)
    journal.text('Nothing is compared: this is no pull request, and the input base is empty.')
  const all = compared ?? charts
  summary.add(`### Charts${base === undefined ? '' : ' compared with the base'}\n\n${checkedTable(all)}`)
  for (const block of all.flatMap(differencesBlocks)) summary.add(block)
  await outputs.set({
    digest: '',
    reference: '',
    changed: String(all.some(({ change }) => change?.changed === true)),
    results: JSON.stringify({ base: inputs.base ?? base, charts: all.map(resultOf) }),
  })
  const faults = all.flatMap(faultsOf)
  if (faults.length > 0) {
    throw new ChartroomError('CHART_INVALID', faults.join('\n'), {
      op: 'check',
      hint: 'Mend the charts: the annotations say where.',
    })
  }
}

async function inspect(action: Action, paths: readonly string[]): Promise<CheckedChart[]> {
  const { journal } = action
  const loaded = new Map<string, LoadedChart>()
  for (const path of paths) {
    const one = await loadWhole(action, path)
    if (one !== undefined) loaded.set(path, one)
  }
  const linted = await lintWithAnnotations(action, paths, loaded)
  const charts: CheckedChart[] = []
  for (const { path, findings, unreadable } of linted) {
    const count = (severity: string): number => findings.filter((one) => one.severity === severity).length
    const one = loaded.get(path)
    charts.push({
      path,
      errors: count('error'),
      warnings: count('warning'),
      unreadable,
      ...(one === undefined ? {} : await render(action, path, one)),
    })
  }
  for (const { path, name, version, errors, unreadable, renderFault } of charts) {
    const bad = errors > 0 || unreadable !== undefined || renderFault !== undefined
    journal.text(`${bad ? 'bad' : 'good'}: ${name ?? path} ${version ?? ''}`)
  }
  return charts
}

/** Renders with the defaults and with each `ci/*-values.yaml`, as `publish` does. */
async function render(action: Action, path: string, loaded: LoadedChart): Promise<Partial<CheckedChart>> {
  const { journal } = action
  const { name, version } = loaded.chart.metadata
  const file = fileOf(path)
  const named = { name, version, loaded }
  try {
    for (const warning of await warningsOf(action, path, loaded))
      journal.annotate('warning', warning, { file })
    return named
  } catch (error) {
    if (!hasCode(error, 'ARCHIVE_INVALID', 'CHART_INVALID', 'LIMIT_EXCEEDED')) throw error
    const isIncomplete = loaded.fault === undefined && missingDependencies(loaded.chart).length > 0
    const renderFault = isIncomplete ? `${error.message}; ${fillingCommand(path)}` : error.message
    journal.annotate('error', renderFault, { file, title: 'render' })
    return { ...named, renderFault }
  }
}

async function warningsOf(
  { environment }: Action,
  path: string,
  { chart, folder, fault }: LoadedChart,
): Promise<string[]> {
  if (fault !== undefined) throw new ChartroomError('CHART_INVALID', fault)
  const packed =
    folder === undefined
      ? await readPacked(resolve(environment.cwd, path))
      : await packLoaded(chart, folder, environment)
  return checkCharts([packed], { lint: true, test: false })
}

function fileOf(path: string): string {
  return /\.(tgz|tar\.gz)$/.test(path) ? path : path === '.' ? 'Chart.yaml' : `${path}/Chart.yaml`
}

function faultsOf({ path, errors, unreadable, renderFault, change }: CheckedChart): string[] {
  return [
    ...(unreadable === undefined ? [] : [`${path}: ${unreadable}`]),
    ...(errors === 0 ? [] : [`${path}: ${errors === 1 ? 'an error' : `${errors} errors`} of lint`]),
    ...(renderFault === undefined ? [] : [`${path}: ${renderFault}`]),
    ...(isBehind(change)
      ? [`${path} has changed, and its version ${change?.version ?? ''} has not been raised`]
      : []),
  ]
}

function isBehind(change: ChangedChart | undefined): boolean {
  return change !== undefined && change.changed && !change.bumped
}

function resultOf({
  path,
  name,
  version,
  errors,
  warnings,
  unreadable,
  renderFault,
  change,
  comparisons,
}: CheckedChart): object {
  return {
    path,
    name,
    version,
    errors,
    warnings,
    failure: unreadable ?? renderFault,
    change: change?.change,
    changed: change?.changed,
    bumped: change?.bumped,
    oldVersion: change?.oldVersion,
    nextVersion: change?.nextVersion,
    objects: comparisons?.find(({ values }) => values === undefined)?.counts,
    values: comparisons?.filter(({ values }) => values !== undefined).map(comparisonResult),
  }
}

function comparisonResult({ values, only, counts, failures }: ValuesComparison): object {
  return {
    file: values,
    only,
    objects: counts,
    failure: failures.length === 0 ? undefined : failures.join('; '),
  }
}
