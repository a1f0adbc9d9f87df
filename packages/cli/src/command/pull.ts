import { resolve } from 'node:path'
import { printableLine } from '@chartroom/errors'
import { pull, pullError } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'
import { openSources, wantedVersion } from '../source-options.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, io, signal } = invocation
  const pulled = await pull(await openSources(invocation, args), {
    version: wantedVersion(invocation),
    destination: resolve(environment.cwd, flags.text('destination') ?? '.'),
    untarFolder: flags.has('untar') ? (flags.text('untardir') ?? '.') : undefined,
    provenance: flags.has('prov'),
    signal,
  })
  const { charts, failures } = pulled
  if (charts.length > 0) {
    await print(invocation, { charts }, () => ({
      head: ['CHART', 'VERSION', 'ARCHIVE', 'PATH'],
      rows: charts.map(({ name, version, digest, path }) => [name, version, digest, path]),
    }))
  }
  const error = pullError(pulled)
  if (error === undefined) return
  // The error that is thrown repeats a lone failure: only several are listed.
  if (failures.length > 1 || charts.length > 0) {
    for (const { name, error: why } of failures)
      io.err(`${printableLine(`${name}: ${why.message}`)} (${why.code})\n`)
  }
  throw error
}
