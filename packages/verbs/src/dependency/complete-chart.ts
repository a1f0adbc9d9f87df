import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Chart, ChartFile } from '@chartroom/chart'
import { loadChart, missingDependencies } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import type { Connections } from '../connection.ts'
import { buildDependencies } from './build.ts'

/** Whether a chart has not got in `charts/` what it declares, and a lock says what that is. */
export function lacksLocked(chart: Chart): boolean {
  return chart.lock !== undefined && missingDependencies(chart).length > 0
}

/**
 * A chart that was read from this absolute path, with what `buildDependencies` would put into `charts/` where that is
 * not complete; the folder stays as it is. Throws as `buildDependencies` does.
 */
export async function completeChart(chart: Chart, folder: string, connections: Connections): Promise<Chart> {
  if (!lacksLocked(chart)) return chart
  const into = await mkdtemp(join(tmpdir(), 'chartroom-charts-'))
  try {
    await buildDependencies(folder, connections, { into })
    // Archives that the lock does not name would go.
    const own = chart.files.filter(({ name }) => !/^charts\/[^/]+\.tgz$/.test(name))
    return loadChart([...own, ...(await archivesIn(join(into, 'charts')))], nodePorts)
  } finally {
    await rm(into, { recursive: true, force: true })
  }
}

async function archivesIn(charts: string): Promise<ChartFile[]> {
  const names = await readdir(charts)
  return Promise.all(
    names.map(async (name) => ({
      name: `charts/${name}`,
      data: new Uint8Array(await readFile(join(charts, name))),
    })),
  )
}
