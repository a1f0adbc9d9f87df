import { join } from 'node:path'
import type { Lock } from '@chartroom/chart'
import { helm2LockDigest, lockDigest } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import type { AddedRepository } from '@chartroom/repository/node'
import type { Connections } from '../connection.ts'
import type { ChartFolder } from './chart-folder.ts'
import { readChartFolder } from './chart-folder.ts'
import { refuseCycles } from './cycle.ts'
import { requireRecorded } from './digests.ts'
import { fetchAll } from './install.ts'
import type { DependencyOptions } from './options.ts'
import { addedRepositories, pinContext } from './options.ts'
import { withUrls } from './origin.ts'
import { pinLocked } from './pin.ts'
import type { DependencyReport } from './report.ts'
import { Staging } from './staging.ts'
import { updateDependencies } from './update.ts'

/**
 * Makes `charts/` of the chart at this absolute path what its lock says; without a lock it updates. Where
 * Chart.digests.yaml is there, each archive from elsewhere has to be the recorded one.
 */
export async function buildDependencies(
  folder: string,
  connections: Connections,
  options: DependencyOptions,
): Promise<DependencyReport> {
  const chart = await readChartFolder(folder)
  const { lock } = chart
  if (lock === undefined) {
    if (options.frozen === true && chart.declared !== null) throw noLock(chart)
    return updateDependencies(folder, connections, options)
  }
  const added = await addedRepositories(connections.environment)
  if (!isInSync(chart, lock, added)) {
    requireHelm2Sync(chart, lock)
    options.onWarning?.(helm2Warning)
  }
  const locked = lock.dependencies ?? []
  const recorded = options.frozen === true ? (chart.digests ?? []) : chart.digests
  if (recorded !== undefined) requireRecorded(recorded, locked)
  return Staging.use(options.into ?? folder, async (staging) => {
    await refuseCycles(chart)
    const context = pinContext(chart, connections, { ...options, added })
    const pinned = await pinLocked(locked, context, recorded)
    const { dependencies, change } = await fetchAll(pinned, { chart, staging }, { ...options, recorded })
    if (change.removed.length > 0) options.onProgress?.('Deleting outdated charts')
    await staging.commit(change)
    return { dependencies, removed: change.removed.map((name) => join(folder, 'charts', name)), written: [] }
  })
}

function isInSync({ declared }: ChartFolder, lock: Lock, added: readonly AddedRepository[]): boolean {
  const withAliases = declared && withUrls(declared, added)
  return lockDigest(withAliases, lock.dependencies, nodePorts) === lock.digest
}

/** Throws `CHART_INVALID` unless it is a lock that Helm 2 wrote for these declarations. */
function requireHelm2Sync({ metadata, declared }: ChartFolder, lock: Lock): void {
  if (metadata.apiVersion !== 'v1')
    throw outOfSync('Chart.lock', 'Chart.yaml', " with 'helm dependency update'")
  if (helm2LockDigest(declared, nodePorts) !== lock.digest)
    throw outOfSync('requirements.lock', 'requirements.yaml', '')
}

const helm2Warning =
  'requirements.lock was written by Helm 2: its digest holds for what is declared, not for what was chosen'

function outOfSync(lock: string, declarations: string, how: string): ChartroomError {
  return new ChartroomError(
    'CHART_INVALID',
    `the lock file (${lock}) is out of sync with the dependencies file (${declarations}). Please update the dependencies${how}`,
    { hint: 'chartroom dependency update does it too.' },
  )
}

function noLock({ folder, lockFile }: ChartFolder): ChartroomError {
  return new ChartroomError('CHART_INVALID', `there is no ${join(folder, lockFile)}`, {
    hint: 'Write it with chartroom dependency update, and commit it.',
  })
}
