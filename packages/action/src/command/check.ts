import { resolve } from 'node:path'
import { ChartroomError, hasCode } from '@chartroom/errors'
import type { ChangedChart } from '@chartroom/verbs'
import { checkCharts, chooseCharts } from '@chartroom/verbs'
import type { Action } from '../action.ts'
import { baseOf, compareWith } from '../base.ts'
import { chartLocations } from '../chart-patterns.ts'
import type { CheckedChart } from '../checked-chart.ts'
import { checkedTable, differencesBlock } from '../checked-chart.ts'
import { lintWithAnnotations } from '../lint-annotations.ts'

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
  for (const chart of all) if (chart.differences !== undefined) summary.add(differencesBlock(chart))
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
  const linted = await lintWithAnnotations(action, paths)
  const charts: CheckedChart[] = []
  for (const one of linted) {
    const count = (severity: string): number =>
      one.findings.filter((finding) => finding.severity === severity).length
    const checked = {
      path: one.path,
      errors: count('error'),
      warnings: count('warning'),
      unreadable: one.unreadable,
    }
    charts.push(one.unreadable === undefined ? { ...checked, ...(await render(action, one.path)) } : checked)
  }
  for (const { path, name, version, errors, renderFault } of charts) {
    const bad = errors > 0 || renderFault !== undefined
    journal.text(`${bad ? 'bad' : 'good'}: ${name ?? path} ${version ?? ''}`)
  }
  return charts
}

/** Renders with the defaults and with each `ci/*-values.yaml`, as `publish` does. */
async function render({ environment, journal }: Action, path: string): Promise<Partial<CheckedChart>> {
  try {
    const packed = await chooseCharts([resolve(environment.cwd, path)], environment, undefined)
    const [first] = packed
    const metadata = first?.chart.metadata
    const named = { name: metadata?.name, version: metadata?.version, isFolder: first?.folder !== undefined }
    try {
      const warnings = await checkCharts(packed, { lint: true, test: false })
      for (const warning of warnings) journal.annotate('warning', warning, { file: fileOf(path) })
      return named
    } catch (error) {
      if (!hasCode(error, 'CHART_INVALID')) throw error
      journal.annotate('error', error.message, { file: fileOf(path), title: 'render' })
      return { ...named, renderFault: error.message }
    }
  } catch (error) {
    // Lint has found it already, and said so where it is.
    if (hasCode(error, 'ARCHIVE_INVALID', 'CHART_INVALID', 'YAML_INVALID', 'LIMIT_EXCEEDED')) return {}
    throw error
  }
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
  counts,
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
    objects: counts,
  }
}
