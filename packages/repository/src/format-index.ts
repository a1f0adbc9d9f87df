import type { YamlMap, YamlValue } from '@chartroom/go'
import { formatJson, formatYaml, GoStruct } from '@chartroom/go'
import type { Index, IndexEntry } from './index-model.ts'

/** The text of an index, as Helm writes it: YAML with sorted keys, or indented JSON. */
export function formatIndex(index: Index, format: 'yaml' | 'json' = 'yaml'): string {
  return format === 'yaml' ? formatYaml(indexMap(index)) : formatJson(indexStruct(index), { indent: '  ' })
}

function indexMap({ entries, generated }: Index): YamlMap {
  const map: YamlMap = Object.create(null)
  for (const [name, list] of entries) map[name] = list.map(entryMap)
  return { apiVersion: 'v1', entries: map, generated: generated ?? null }
}

function entryMap({ metadata, urls, created, digest }: IndexEntry): YamlMap {
  const map = Object.assign(Object.create(null) as YamlMap, metadata)
  if (created !== undefined) map.created = created
  if (digest !== undefined) map.digest = digest
  map.urls = [...urls]
  return map
}

const metadataOrder = [
  'name',
  'home',
  'sources',
  'version',
  'description',
  'keywords',
  'maintainers',
  'icon',
  'apiVersion',
  'condition',
  'tags',
  'appVersion',
  'deprecated',
  'annotations',
  'kubeVersion',
  'dependencies',
  'type',
]

function indexStruct({ entries, generated }: Index): GoStruct {
  const map: Record<string, unknown> = Object.create(null)
  for (const [name, list] of entries) map[name] = list.map(entryStruct)
  return new GoStruct([
    ['apiVersion', 'v1'],
    ['generated', generated],
    ['entries', map],
  ])
}

function entryStruct({ metadata, urls, created, digest }: IndexEntry): GoStruct {
  const known = metadataOrder.map((key): [string, YamlValue | undefined] => [key, metadata[key]])
  const others = Object.entries(metadata).filter(([key]) => !metadataOrder.includes(key))
  return new GoStruct([...known, ...others, ['urls', [...urls]], ['created', created], ['digest', digest]])
}
