import { connect, copyCharts } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import { copyTable } from '../copy-table.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, signal } = invocation
  const [source = '', destination = ''] = args
  const connections = connect(environment, await connectionOptions(invocation, destination))
  const copied = await copyCharts(connections, [source, destination], {
    allTags: flags.has('all-tags'),
    concurrency: flags.number('concurrency'),
    referrers: flags.optional('referrers'),
    signal,
  })
  await print(invocation, { copied }, () => copyTable(copied))
}
