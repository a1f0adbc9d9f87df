import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lock } from '@chartroom/chart'
import { archiveDigestsFile, archiveDigestsYaml, lockDigest, lockYaml } from '@chartroom/chart'
import { folderTime, nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import { formatRfc3339, formatRfc3339Nano } from '@chartroom/go'
import type { Connections } from '../connection.ts'
import type { Environment } from '../environment.ts'
import type { ChartFolder } from './chart-folder.ts'
import { readChartFolder } from './chart-folder.ts'
import { refuseCycles } from './cycle.ts'
import { digestsOf, recordedFor } from './digests.ts'
import { fetchAll } from './install.ts'
import type { DependencyOptions } from './options.ts'
import { addedRepositories, pinContext } from './options.ts'
import { withUrls } from './origin.ts'
import { pinDeclared } from './pin.ts'
import type { DependencyReport, FetchedDependency } from './report.ts'
import { Staging } from './staging.ts'

/**
 * Chooses versions for what the chart at this absolute path declares, and makes `charts/`, the lock and
 * Chart.digests.yaml so. All are changed together once everything is there and checked, or nothing is.
 */
export async function updateDependencies(
  folder: string,
  connections: Connections,
  options: DependencyOptions,
): Promise<DependencyReport> {
  const chart = await readChartFolder(folder)
  if (chart.declared === null) return { dependencies: [], removed: [], written: [] }
  const added = await addedRepositories(connections.environment)
  const declared = withUrls(chart.declared, added)
  return Staging.use(folder, async (staging) => {
    await refuseCycles(chart)
    const pinned = await pinDeclared(declared, pinContext(chart, connections, { ...options, added }))
    const { dependencies, change } = await fetchAll(pinned, { chart, staging }, options)
    const locked = pinned.map((one) => one.locked)
    const digest = lockDigest(declared, locked, nodePorts)
    warnOfReplaced(chart, dependencies, options)
    const written = [
      ...(await stageDigests(chart, dependencies, staging)),
      ...(await stageLock(chart, { digest, dependencies: locked }, { staging, ...connections })),
    ]
    if (options.frozen === true && written.length > 0) throw frozen(written)
    if (change.removed.length > 0) options.onProgress?.('Deleting outdated charts')
    await staging.commit(change)
    const removed = change.removed.map((name) => join(folder, 'charts', name))
    return { dependencies, removed, written: written.map((name) => join(folder, name)) }
  })
}

interface LockStage {
  readonly staging: Staging
  readonly environment: Environment
}

/** As Helm, a lock whose digest still holds is not written again. */
async function stageLock(
  { folder, lock, lockFile }: ChartFolder,
  content: Omit<Lock, 'generated'>,
  { staging, environment }: LockStage,
): Promise<string[]> {
  if (lock?.digest === content.digest) return []
  await refuseLink(join(folder, lockFile))
  const epoch = environment.env['SOURCE_DATE_EPOCH']
  const generated =
    epoch === undefined || epoch === ''
      ? formatRfc3339Nano(new Date())
      : formatRfc3339(await folderTime(folder, environment.env))
  await staging.stageText(lockFile, lockYaml({ ...content, generated }))
  return [lockFile]
}

async function stageDigests(
  { folder, digests: before }: ChartFolder,
  dependencies: readonly FetchedDependency[],
  staging: Staging,
): Promise<string[]> {
  const digests = digestsOf(dependencies)
  const text = archiveDigestsYaml(digests)
  if (before === undefined ? digests.length === 0 : archiveDigestsYaml(before) === text) return []
  await refuseLink(join(folder, archiveDigestsFile))
  await staging.stageText(archiveDigestsFile, text)
  return [archiveDigestsFile]
}

// Ranges may well choose another version; a version that has other bytes than before is worth a word.
function warnOfReplaced(
  { digests = [] }: ChartFolder,
  dependencies: readonly FetchedDependency[],
  { onWarning }: DependencyOptions,
): void {
  for (const one of digestsOf(dependencies)) {
    const before = recordedFor(digests, one)
    if (before === undefined || before.digest === one.digest) continue
    onWarning?.(
      `${one.name} ${one.version} of ${one.repository} was replaced: it was ${before.digest}, and is ${one.digest}`,
    )
  }
}

/** Helm's rule for a lock: what a link leads to is not written to, and the link is not replaced. */
async function refuseLink(path: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found?.isSymbolicLink() !== true) return
  throw new ChartroomError('CHART_INVALID', `the file ${path} is a symlink`, {
    hint: 'Replace it by a file of its own.',
  })
}

function frozen(written: readonly string[]): ChartroomError {
  return new ChartroomError('VERIFICATION_FAILED', `${written.join(' and ')} would change`, {
    hint: 'Update without --frozen, look at what changed, and commit it.',
  })
}
