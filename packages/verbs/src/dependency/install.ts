import { join } from 'node:path'
import type { ArchiveDigest, Metadata } from '@chartroom/chart'
import { archiveName, loadArchive } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import { compareVersions, parseVersion } from '@chartroom/go'
import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import type { ChartFolder } from './chart-folder.ts'
import { planChange } from './charts-change.ts'
import { recordedFor, requireDigest } from './digests.ts'
import { shownRepository } from './origin.ts'
import type { Pinned, PinnedSource } from './pinned.ts'
import type { FetchedDependency } from './report.ts'
import type { ChartsChange, Staging } from './staging.ts'

export interface InstallPlace {
  readonly chart: ChartFolder
  readonly staging: Staging
}

export interface InstallOptions {
  /** Digests that the archives have to have. */
  readonly recorded?: readonly ArchiveDigest[] | undefined
  readonly onProgress?: ((line: string) => void) | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

export interface Fetched {
  readonly dependencies: readonly FetchedDependency[]
  readonly change: ChartsChange
}

/** Fetches, checks and stages all archives; nothing of the chart is changed yet. */
export async function fetchAll(
  pinned: readonly Pinned[],
  { chart, staging }: InstallPlace,
  options: InstallOptions,
): Promise<Fetched> {
  options.onProgress?.(`Saving ${pinned.length} charts`)
  const shelf = new Shelf(staging, options)
  const dependencies = await pool(pinned, concurrency, async (one): Promise<FetchedDependency> => {
    const { name, version = '', repository } = one.locked
    const shown = { name, version, repository: shownRepository(repository), alias: one.alias }
    if (one.source === undefined) return { ...shown, path: join(chart.folder, 'charts', name) }
    const { file, ...fetched } = await shelf.fetch(one, one.source)
    return { ...shown, path: join(chart.folder, 'charts', file), ...fetched }
  })
  const local = new Set(pinned.filter(({ source }) => source === undefined).map(({ locked }) => locked.name))
  const { onWarning } = options
  const change = await planChange({ charts: staging.charts, staged: shelf.files, local, onWarning })
  return { dependencies, change }
}

interface Saved {
  readonly file: string
  readonly digest: string
  readonly manifestDigest?: string | undefined
  readonly fromCache: boolean
}

/** The archives of one run: what two aliases share is fetched once. */
class Shelf {
  readonly files = new Map<string, string>()
  readonly #staging: Staging
  readonly #options: InstallOptions
  readonly #saved = new Map<string, Promise<Saved>>()

  constructor(staging: Staging, options: InstallOptions) {
    this.#staging = staging
    this.#options = options
  }

  fetch(pinned: Pinned, source: PinnedSource): Promise<Saved> {
    const { name, version, repository } = pinned.locked
    const key = JSON.stringify([name, version, repository])
    const known = this.#saved.get(key) ?? this.#fetch(pinned, source)
    this.#saved.set(key, known)
    return known
  }

  async #fetch({ locked }: Pinned, source: PinnedSource): Promise<Saved> {
    const { recorded, onProgress } = this.#options
    if (source.remote)
      onProgress?.(`Downloading ${locked.name} from repo ${shownRepository(locked.repository)}`)
    const { bytes, manifestDigest, fromCache } = await source.archive()
    const digest = `sha256:${nodePorts.sha256(bytes)}`
    const wanted = source.remote && recorded !== undefined ? recordedFor(recorded, locked) : undefined
    if (wanted !== undefined) requireDigest(wanted, digest)
    const { metadata } = loadArchive(bytes, nodePorts)
    requireSame(locked, metadata)
    const file = archiveName(metadata)
    this.#claim(file, digest)
    await this.#staging.stage(file, bytes)
    return { file, digest, manifestDigest, fromCache }
  }

  #claim(file: string, digest: string): void {
    const known = this.files.get(file) ?? digest
    this.files.set(file, digest)
    if (known === digest) return
    throw new ChartroomError('CHART_INVALID', `two dependencies would be saved as charts/${file}`, {
      hint: 'They are one version of a chart, with other content in two places: take it from one of them.',
    })
  }
}

/** Throws `VERIFICATION_FAILED` for an archive that holds another chart or version than it was fetched for. */
function requireSame({ name, version = '', repository }: Pinned['locked'], metadata: Metadata): void {
  const [wanted, found] = [parseVersion(version), parseVersion(metadata.version)]
  const isVersion =
    wanted === undefined || found === undefined
      ? version === metadata.version
      : compareVersions(wanted, found) === 0
  if (metadata.name === name && isVersion) return
  throw new ChartroomError(
    'VERIFICATION_FAILED',
    `${shownRepository(repository)} gave ${metadata.name} ${metadata.version} for ${name} ${version}`,
    { hint: 'Tell who runs the repository; nothing was changed.' },
  )
}
