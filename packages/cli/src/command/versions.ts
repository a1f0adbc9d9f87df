import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'
import { openSources } from '../source-options.ts'

export async function run(invocation: Invocation): Promise<void> {
  const [source] = await openSources(invocation, invocation.args)
  const versions = (await source?.versions()) ?? []
  await print(invocation, { versions }, () => ({
    head: ['VERSION', 'APP VERSION', 'CREATED', 'ARCHIVE'],
    rows: versions.map(({ version, appVersion, created, digest }) => [version, appVersion, created, digest]),
  }))
}
