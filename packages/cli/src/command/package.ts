import { packageCharts } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment } = invocation
  const charts = await packageCharts(args, environment, {
    destination: flags.text('destination') ?? '.',
    version: flags.text('version'),
    appVersion: flags.text('app-version'),
  })
  await print(invocation, { charts }, () => ({
    head: ['CHART', 'VERSION', 'DIGEST', 'PATH'],
    rows: charts.map(({ name, version, digest, path }) => [name, version, digest, path]),
  }))
}
