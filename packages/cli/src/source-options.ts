import type { ChartSource } from '@chartroom/verbs'
import { connect, openPullCache, openSource } from '@chartroom/verbs'
import { connectionOptions } from './connection-options.ts'
import type { Invocation } from './invocation.ts'

/** Opens the sources that a reading command names, by its flags. */
export async function openSources(invocation: Invocation, names: readonly string[]): Promise<ChartSource[]> {
  const { flags, environment, io } = invocation
  const repo = flags.text('repo')
  const connections = connect(environment, await connectionOptions(invocation, repo ?? names[0]))
  const cache = await openPullCache(environment, (message) => io.err(`Warning: ${message}\n`))
  const options = { repo, passCredentials: flags.optional('pass-credentials'), cache }
  return Promise.all(names.map((name) => openSource(connections, name, options)))
}

/** The range that `--version` and `--devel` ask for; undefined stands for the newest stable version. */
export function wantedVersion({ flags }: Invocation): string | undefined {
  return flags.text('version') ?? (flags.has('devel') ? '>0.0.0-0' : undefined)
}
