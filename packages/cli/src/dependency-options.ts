import { resolve } from 'node:path'
import type { Connections, DependencyOptions, DependencyReport } from '@chartroom/verbs'
import { connect, dependencyHosts, openPullCache } from '@chartroom/verbs'
import { ChartroomError } from '@chartroom/errors'
import { connectionOptions } from './connection-options.ts'
import type { Invocation } from './invocation.ts'
import { print } from './output.ts'

type Verb = (
  folder: string,
  connections: Connections,
  options: DependencyOptions,
) => Promise<DependencyReport>

/** Runs a verb on the chart that the command names, by its flags, and prints what it did. */
export async function runDependencies(
  invocation: Invocation,
  name: 'build' | 'update',
  verb: Verb,
): Promise<void> {
  refuseVerification(invocation, name)
  const { args, environment } = invocation
  const report = await changeDependencies(invocation, resolve(environment.cwd, args[0] ?? '.'), verb)
  await print(invocation, report, () =>
    report.dependencies.length === 0
      ? ''
      : {
          head: ['NAME', 'VERSION', 'REPOSITORY', 'DIGEST'],
          rows: report.dependencies.map((one) => [one.name, one.version, one.repository, one.digest]),
        },
  )
}

/** The verb with the connection, the cache and the messages of this call. */
export async function changeDependencies(
  invocation: Invocation,
  folder: string,
  verb: Verb,
): Promise<DependencyReport> {
  const { flags, environment, io } = invocation
  const address = flags.text('username') === undefined ? undefined : await soleHost(invocation, folder)
  const connections = connect(environment, await connectionOptions(invocation, address))
  const cache = await openPullCache(environment)
  return verb(folder, connections, {
    skipRefresh: flags.has('skip-refresh'),
    frozen: flags.has('frozen'),
    cache,
    onProgress: (line) => io.err(`${line}\n`),
    onWarning: (message) => io.err(`Warning: ${message}\n`),
  })
}

/** User name and password belong to one host: where dependencies come from several, it must be said which. */
async function soleHost({ environment }: Invocation, folder: string): Promise<string | undefined> {
  const hosts = await dependencyHosts(folder, environment)
  if (hosts.length <= 1) return hosts[0]
  throw new ChartroomError(
    'USAGE',
    `--username and --password belong to one host, and the dependencies come from ${hosts.join(', ')}`,
    { hint: 'Store a login for each: chartroom login HOST, chartroom repo add NAME URL --username ...' },
  )
}

function refuseVerification({ args, flags }: Invocation, name: string): void {
  if (!flags.has('verify') && flags.text('keyring') === undefined) return
  const keyring = flags.text('keyring') === undefined ? '' : ` --keyring ${flags.text('keyring')}`
  throw new ChartroomError('UNSUPPORTED', 'chartroom does not verify the provenance of dependencies yet', {
    hint: `Helm does: helm dependency ${name} ${args[0] ?? '.'} --verify${keyring}`,
  })
}
