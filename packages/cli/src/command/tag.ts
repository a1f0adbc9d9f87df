import { connect, tagChart } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import { copyTable } from '../copy-table.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const [reference = '', ...tags] = invocation.args
  const connections = connect(invocation.environment, await connectionOptions(invocation, reference))
  const tagged = await tagChart(connections, reference, tags)
  await print(invocation, { tagged }, () => copyTable(tagged))
}
