import type { Metadata } from '@chartroom/chart'
import { loadChart, packChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import type { YamlValue } from '@chartroom/go'
import type { Index, IndexEntry } from '../src/index.ts'
import { sortEntries } from '../src/index.ts'

/** A version of an index; what is not given is plausible. */
export function entry(
  name: string,
  version: string,
  more: { [key: string]: YamlValue } & { urls?: string[]; digest?: string } = {},
): IndexEntry {
  const { urls = [`${name}-${version}.tgz`], digest, ...rest } = more
  const metadata = Object.assign(Object.create(null), { apiVersion: 'v2', name, version, ...rest })
  return { name, version, urls, created: '2026-01-02T03:04:05Z', digest, metadata }
}

export function index(...entries: readonly IndexEntry[]): Index {
  const map = new Map<string, IndexEntry[]>()
  for (const one of entries) map.set(one.name, sortEntries([...(map.get(one.name) ?? []), one]))
  return { entries: map, generated: '2026-01-02T03:04:05Z', warnings: [] }
}

/** A packed chart as a publisher hands it over. */
export function archive(name: string, version: string, note = ''): { metadata: Metadata; bytes: Uint8Array } {
  const data = new TextEncoder().encode(
    `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: "${note}"\n`,
  )
  const chart = loadChart([{ name: 'Chart.yaml', data }], nodePorts)
  return { metadata: chart.metadata, bytes: packChart(chart, { time: new Date(0), ports: nodePorts }) }
}
