import { readFileSync } from 'node:fs'
import type { Chart } from '@chartroom/chart'
import { openArchive, packChart, withVersion } from '@chartroom/chart'
import { folderTime, loadPath, nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import type { Environment } from '../environment.ts'
import { readIfPresent } from '../file.ts'
import type { Packed } from './packed.ts'

export interface VersionOverride {
  readonly version?: string | undefined
  readonly appVersion?: string | undefined
}

/** Packs a chart folder reproducibly; the folder itself is never written to. */
export async function packFolder(
  folder: string,
  environment: Environment,
  override: VersionOverride = {},
): Promise<Packed> {
  const { chart: loaded, archive } = await loadPath(folder)
  if (archive !== undefined) {
    throw new ChartroomError('USAGE', `${folder} is an archive, not a chart folder`, {
      hint: 'Pass the folder that holds Chart.yaml; an archive is published as it is by push or publish.',
    })
  }
  return packLoaded(withVersion(loaded, override), folder, environment)
}

/** Packs a chart that was read from a folder. */
export async function packLoaded(chart: Chart, folder: string, environment: Environment): Promise<Packed> {
  const time = await folderTime(folder, environment.env)
  const bytes = packChart(chart, { time, ports: nodePorts })
  // Read back, because packing changes an old chart: one of apiVersion v1 loses dependencies of Chart.yaml.
  return packed(bytes, { folder })
}

/** Reads an archive as it is, with the provenance file beside it, if there is one. */
export async function readPacked(path: string): Promise<Packed> {
  // At one go: of hundreds of small files, each way through the thread pool costs more than the reading.
  const archive = new Uint8Array(readFileSync(path))
  return packed(archive, { provenance: await readIfPresent(`${path}.prov`), path })
}

function packed(archive: Uint8Array, rest: Pick<Packed, 'folder' | 'path' | 'provenance'>): Packed {
  const { chart, newest } = openArchive(archive, nodePorts)
  return { chart, archive, digest: `sha256:${nodePorts.sha256(archive)}`, created: newest, ...rest }
}
