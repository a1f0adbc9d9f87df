import { ChartroomError, printableLine } from '@chartroom/errors'
import type { ChangedChart } from '@chartroom/verbs'
import { changedCharts } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import type { Table } from '../output.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, signal } = invocation
  const since = flags.text('since')
  if (since === undefined) {
    throw new ChartroomError('USAGE', '--since is missing', {
      hint: 'Name what to compare with, such as --since origin/main.',
    })
  }
  const { cwd, env } = environment
  const all = await changedCharts({ since, charts: args, cwd, env, signal })
  const charts = all.filter(({ change }) => change !== 'unchanged')
  await print(invocation, { since, charts }, () => table(charts))
  const behind = charts.filter(({ changed, bumped }) => changed && !bumped)
  if (behind.length > 0) throw notBumped(behind)
}

function table(charts: readonly ChangedChart[]): Table | string {
  if (charts.length === 0) return 'No charts have changed'
  return {
    head: ['CHART', 'CHANGE', 'BEFORE', 'NOW', 'VERSION'],
    rows: charts.map((one) => [one.chart, one.change, one.oldVersion, one.version, verdict(one)]),
  }
}

function verdict({ change, changed, bumped }: ChangedChart): string {
  if (change === 'deleted' || change === 'added') return ''
  if (!changed) return 'same content'
  return bumped ? 'raised' : 'not raised'
}

function notBumped(charts: readonly ChangedChart[]): ChartroomError {
  const names = charts.map(({ chart, version }) => `${chart} (${version})`).join(', ')
  const [first] = charts
  const file = first?.chart === '.' ? 'Chart.yaml' : `${first?.chart}/Chart.yaml`
  const files = first?.files ?? []
  const more = files.length > 1 ? ` and ${files.length - 1} more` : ''
  const why = `${files[0] ?? 'the chart'}${more} changed`
  return new ChartroomError('CHART_INVALID', printableLine(`changed without a higher version: ${names}`), {
    hint: printableLine(`Set version: ${first?.nextVersion ?? 'a higher one'} in ${file}: ${why}.`),
  })
}
