import { join } from 'node:path'
import type { Town } from './town.ts'
import { openTown } from './town.ts'
import { copySources, writeNpm } from './tree.ts'

/** The version that the chart of this repository has in the tests. */
export const version = '0.3.0'

/**
 * A repository with the sources of this one: what it publishes, it publishes by its own action. It is a private one,
 * which asks more of the permissions of a job than a public one.
 */
export async function openOwnTown(): Promise<Town> {
  const town = await openTown({ isPrivate: true })
  await writeNpm(join(town.folder, 'bin'))
  await copySources(town.work)
  await setVersion(town, version)
  await town.commit('first')
  return town
}

export const chartFolder = 'deployments/helm/hypersdk'

export async function setVersion(town: Town, to: string): Promise<void> {
  const path = `${chartFolder}/Chart.yaml`
  await town.write(path, (await town.read(path)).replace(/^version: .*$/m, `version: ${to}`))
}
