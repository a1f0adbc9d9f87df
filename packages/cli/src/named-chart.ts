import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { loadArchive } from '@chartroom/chart'
import { loadPath, nodePorts } from '@chartroom/chart/node'
import type { Invocation } from './invocation.ts'

/** Loads the chart that an argument names. A folder or file of that name wins over a reference, as in helm. */
export async function loadNamedChart(invocation: Invocation, name: string): Promise<Chart> {
  const { environment, flags } = invocation
  const path = resolve(environment.cwd, name)
  if (flags.text('repo') === undefined && existsSync(path)) return (await loadPath(path)).chart
  // Not for a folder, whose reader should not wait for a client of registries to load.
  const { openSources, wantedVersion } = await import('./source-options.ts')
  const [source] = await openSources(invocation, [name])
  const resolved = await source?.resolve(wantedVersion(invocation))
  const { bytes } = (await resolved?.archive(invocation.signal)) ?? { bytes: new Uint8Array() }
  return loadArchive(bytes, nodePorts)
}
