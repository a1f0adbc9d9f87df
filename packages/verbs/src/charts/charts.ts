import { ChartroomError, hasCode } from '@chartroom/errors'
import { parseReference } from '@chartroom/oci'
import type { Connections } from '../connection.ts'
import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import type { ListedVersion } from '../source/chart-source.ts'
import { OciSource } from '../source/oci.ts'

/** A chart under a registry path, as its newest version describes it. */
export interface ListedChart {
  readonly name: string
  readonly reference: string
  readonly version: string
  readonly appVersion?: string | undefined
  readonly description?: string | undefined
  readonly versions: number
}

/**
 * Charts in the repositories below `HOST/PATH`, by the registry's catalog; repositories without a chart
 * are left out. Throws `UNSUPPORTED` where the registry does not show its catalog.
 */
export async function listCharts(connections: Connections, prefix: string): Promise<ListedChart[]> {
  const repositories = await repositoriesBelow(connections, prefix)
  const found = await pool(repositories, concurrency, (repository) => describe(connections, repository))
  return found.filter((chart) => chart !== undefined)
}

/** `HOST/PATH` of the repositories below a path, by the registry's catalog, sorted. Throws as {@link listCharts}. */
export async function repositoriesBelow(connections: Connections, prefix: string): Promise<string[]> {
  const [host = '', ...path] = prefix
    .replace(/^oci:\/\//, '')
    .split('/')
    .filter((part) => part !== '')
  const below = path.length === 0 ? '' : `${path.join('/')}/`
  const names = (await catalog(connections, host)).filter((name) => name.startsWith(below)).sort()
  return names.map((name) => `${host}/${name}`)
}

async function catalog(connections: Connections, host: string): Promise<string[]> {
  const names: string[] = []
  try {
    for await (const name of connections.registry(host).catalog()) names.push(name)
  } catch (error) {
    if (!hasCode(error, 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED', 'ANONYMOUS_REFUSED', 'UNSUPPORTED'))
      throw error
    throw new ChartroomError('UNSUPPORTED', `${host} does not show which repositories it has`, {
      op: 'charts',
      origin: host,
      cause: error,
      hint: 'Many registries keep their catalog to administrators. Name the chart: chartroom versions oci://HOST/PATH/NAME.',
    })
  }
  return names
}

async function describe(connections: Connections, repository: string): Promise<ListedChart | undefined> {
  const reference = parseReference(repository)
  const source = new OciSource({ reference, target: connections.repository(reference) })
  const newest = await newestVersion(source.newest())
  if (newest === undefined) return undefined
  const { listed, count } = newest
  const { version, appVersion, description } = listed
  return {
    name: source.name,
    reference: `oci://${repository}`,
    version,
    appVersion,
    description,
    versions: count,
  }
}

// A repository may vanish, or hide from us, between the catalog and this request.
async function newestVersion(
  asked: Promise<{ listed: ListedVersion; count: number } | undefined>,
): Promise<{ listed: ListedVersion; count: number } | undefined> {
  try {
    return await asked
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND', 'FORBIDDEN')) return undefined
    throw error
  }
}
