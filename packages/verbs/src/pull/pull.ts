import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Metadata } from '@chartroom/chart'
import { archiveName, openArchive } from '@chartroom/chart'
import { nodePorts, unpackArchive } from '@chartroom/chart/node'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { writeWhole } from '../file.ts'
import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import type { ChartResult } from '../result.ts'
import type { ChartSource, ResolvedChart } from '../source/chart-source.ts'

export interface PullOptions {
  readonly version?: string | undefined
  /** Where archives go; created when absent. Absolute. */
  readonly destination: string
  /** Unpack below this folder instead of keeping the archive; relative to the destination. */
  readonly untarFolder?: string | undefined
  /** Save the provenance beside the archive. */
  readonly provenance?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** What a pull fetched, and what it could not; both in the order of the sources. */
export interface Pulled {
  readonly charts: readonly ChartResult[]
  readonly failures: readonly PullFailure[]
}

export interface PullFailure {
  /** The chart's name. */
  readonly name: string
  readonly error: ChartroomError
}

/** Fetches charts, several at a time, verified by digest. One that fails does not keep the others. */
export async function pull(sources: readonly ChartSource[], options: PullOptions): Promise<Pulled> {
  const failures = new Map<ChartSource, ChartroomError>()
  const charts = await pool(sources, concurrency, async (source) => {
    try {
      return await pullOne(source, options)
    } catch (error) {
      failures.set(source, asChartroomError(error))
      return undefined
    }
  })
  return {
    charts: charts.filter((chart) => chart !== undefined),
    failures: sources.flatMap((source) => {
      const error = failures.get(source)
      return error === undefined ? [] : [{ name: source.name, error }]
    }),
  }
}

/** The one error that failures amount to: a lone reason's own when nothing was fetched, else `PARTIAL`. */
export function pullError({ charts, failures }: Pulled): ChartroomError | undefined {
  const [first] = failures
  if (first === undefined) return undefined
  const sameReason = failures.every(({ error }) => error.code === first.error.code)
  if (charts.length === 0 && sameReason) return first.error
  return new ChartroomError(
    'PARTIAL',
    `${failures.length} of ${charts.length + failures.length} charts could not be pulled`,
    { hint: 'The others are there. Run the same command again once the failures above are mended.' },
  )
}

async function pullOne(source: ChartSource, options: PullOptions): Promise<ChartResult> {
  const resolved = await source.resolve(options.version)
  const { bytes, fromCache } = await resolved.archive(options.signal)
  const { chart, newest } = openArchive(bytes, nodePorts)
  const path =
    options.untarFolder === undefined
      ? await save(resolved, { bytes, metadata: chart.metadata, newest }, options)
      : await unpackArchive(bytes, resolve(options.destination, options.untarFolder))
  const { name, version, appVersion } = chart.metadata
  const { reference, manifestDigest } = resolved
  return {
    name,
    version,
    appVersion,
    digest: `sha256:${nodePorts.sha256(bytes)}`,
    size: bytes.length,
    path,
    source: { reference, manifestDigest, fromCache },
  }
}

async function save(
  resolved: ResolvedChart,
  { bytes, metadata, newest }: { bytes: Uint8Array; metadata: Metadata; newest: Date },
  options: PullOptions,
): Promise<string> {
  await mkdir(options.destination, { recursive: true })
  const path = join(options.destination, archiveName(metadata))
  await writeWhole(path, bytes, newest)
  if (options.provenance === true) {
    const provenance = await resolved.provenance()
    if (provenance === undefined) throw noProvenance(resolved)
    await writeWhole(`${path}.prov`, provenance)
  }
  return path
}

function noProvenance({ reference }: ResolvedChart): ChartroomError {
  return new ChartroomError('NOT_FOUND', `${reference} has no provenance`, {
    hint: 'Pull it without --prov: the publisher did not sign this version.',
  })
}
