import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { archiveName } from '@chartroom/chart'
import type { Environment } from '../environment.ts'
import { writeWhole } from '../file.ts'
import type { ChartResult } from '../result.ts'
import type { VersionOverride } from './pack.ts'
import { packFolder } from './pack.ts'
import type { Packed } from './packed.ts'

export interface PackageOptions extends VersionOverride {
  /** Created when absent. */
  readonly destination: string
}

/** Writes `NAME-VERSION.tgz` of each folder into the destination. */
export async function packageCharts(
  folders: readonly string[],
  environment: Environment,
  options: PackageOptions,
): Promise<ChartResult[]> {
  const results: ChartResult[] = []
  for (const folder of folders) {
    const packed = await packFolder(resolve(environment.cwd, folder), environment, options)
    results.push(await saveArchive(packed, resolve(environment.cwd, options.destination)))
  }
  return results
}

/**
 * The file's time is the archive's newest entry, so that `helm push` with
 * TZ=UTC, which writes the file time into the manifest, makes the manifest that we make.
 */
async function saveArchive(packed: Packed, folder: string): Promise<ChartResult> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, archiveName(packed.chart.metadata))
  await writeWhole(path, packed.archive, packed.created)
  return chartResult({ ...packed, path })
}

export function chartResult(packed: Packed): ChartResult {
  const { name, version, appVersion } = packed.chart.metadata
  return { name, version, appVersion, digest: packed.digest, size: packed.archive.length, path: packed.path }
}
