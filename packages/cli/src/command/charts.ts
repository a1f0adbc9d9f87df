import { connect, listCharts } from '@chartroom/verbs'
import { chartTable } from '../chart-table.ts'
import { connectionOptions } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'
import { ociArgument } from '../oci-argument.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const prefix = ociArgument(invocation.args[0])
  const connections = connect(invocation.environment, await connectionOptions(invocation, prefix))
  const charts = await listCharts(connections, prefix)
  await print(invocation, { charts }, () => chartTable(charts))
}
