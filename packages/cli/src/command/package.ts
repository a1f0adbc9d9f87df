import { resolve } from 'node:path'
import { packageCharts, updateDependencies } from '@chartroom/verbs'
import { changeDependencies } from '../dependency-options.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment } = invocation
  if (flags.has('dependency-update')) {
    for (const folder of args)
      await changeDependencies(invocation, resolve(environment.cwd, folder), updateDependencies)
  }
  const charts = await packageCharts(args, environment, {
    destination: flags.text('destination') ?? '.',
    version: flags.text('version'),
    appVersion: flags.text('app-version'),
  })
  await print(invocation, { charts }, () => ({
    head: ['CHART', 'VERSION', 'ARCHIVE', 'PATH'],
    rows: charts.map(({ name, version, digest, path }) => [name, version, digest, path]),
  }))
}
