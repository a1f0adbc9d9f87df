import type { Connections } from '../connection.ts'
import type { ListedChart } from './charts.ts'
import { listCharts } from './charts.ts'

/** Charts under a registry path whose name or description holds the keyword, whatever its case. */
export async function searchOci(
  connections: Connections,
  prefix: string,
  keyword: string,
): Promise<ListedChart[]> {
  const wanted = keyword.toLowerCase()
  const charts = await listCharts(connections, prefix)
  return charts.filter(({ name, description }) =>
    `${name}\n${description ?? ''}`.toLowerCase().includes(wanted),
  )
}
