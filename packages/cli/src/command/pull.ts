import { resolve } from 'node:path'
import { pull } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'
import { openSources, wantedVersion } from '../source-options.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, signal } = invocation
  const charts = await pull(await openSources(invocation, args), {
    version: wantedVersion(invocation),
    destination: resolve(environment.cwd, flags.text('destination') ?? '.'),
    untarFolder: flags.has('untar') ? (flags.text('untardir') ?? '.') : undefined,
    provenance: flags.has('prov'),
    signal,
  })
  await print(invocation, { charts }, () => ({
    head: ['CHART', 'VERSION', 'DIGEST', 'PATH'],
    rows: charts.map(({ name, version, digest, path }) => [name, version, digest, path]),
  }))
}
