import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { loadArchive } from '@chartroom/chart'
import { loadPath, nodePorts } from '@chartroom/chart/node'
import type { Part } from '@chartroom/verbs'
import { showChart } from '@chartroom/verbs'
import type { CommandModule, Invocation } from '../invocation.ts'

/** The command that shows one part of a chart. */
export function showPart(part: Part): CommandModule {
  return {
    async run(invocation) {
      invocation.io.out(showChart(await loadNamed(invocation), part))
    },
  }
}

// A folder or file of that name wins over a reference, as in helm.
async function loadNamed(invocation: Invocation): Promise<Chart> {
  const { args, environment, flags, signal } = invocation
  const [name = ''] = args
  const path = resolve(environment.cwd, name)
  if (flags.text('repo') === undefined && existsSync(path)) return (await loadPath(path)).chart
  // Not for a folder, whose reader should not wait for a client of registries to load.
  const { openSources, wantedVersion } = await import('../source-options.ts')
  const [source] = await openSources(invocation, args)
  const resolved = await source?.resolve(wantedVersion(invocation))
  const { bytes } = (await resolved?.archive(signal)) ?? { bytes: new Uint8Array() }
  return loadArchive(bytes, nodePorts)
}
