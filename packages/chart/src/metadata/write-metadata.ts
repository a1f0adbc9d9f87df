import type { YamlMap, YamlValue } from '@chartroom/go'
import { formatYaml, GoStruct } from '@chartroom/go'
import type { Dependency, Lock, Metadata } from './metadata.ts'

/** Chart.yaml as Helm writes it: sorted keys, no comments. */
export function metadataYaml(metadata: Metadata): string {
  return formatYaml(metadataMap(metadata))
}

/** The metadata as a map for `formatYaml`; an index adds its own fields to it. */
export function metadataMap(metadata: Metadata): YamlMap {
  return yamlMap(metadata)
}

/** Chart.lock as Helm writes it. */
export function lockYaml({ dependencies, digest, generated }: Lock): string {
  return formatYaml(yamlMap({ dependencies, digest, generated }))
}

/**
 * The fields in the order of Helm's JSON, absent ones as undefined, for the config blob and an index in JSON.
 */
export function metadataFields(metadata: Metadata): [string, unknown][] {
  return [
    ['name', metadata.name],
    ['home', metadata.home],
    ['sources', metadata.sources],
    ['version', metadata.version],
    ['description', metadata.description],
    ['keywords', metadata.keywords],
    ['maintainers', metadata.maintainers?.map(maintainerStruct)],
    ['icon', metadata.icon],
    ['apiVersion', metadata.apiVersion],
    ['condition', metadata.condition],
    ['tags', metadata.tags],
    ['appVersion', metadata.appVersion],
    ['deprecated', metadata.deprecated],
    ['annotations', metadata.annotations],
    ['kubeVersion', metadata.kubeVersion],
    ['dependencies', metadata.dependencies?.map(dependencyStruct)],
    ['type', metadata.type],
  ]
}

function maintainerStruct({ name, email, url }: NonNullable<Metadata['maintainers']>[number]): GoStruct {
  return new GoStruct([
    ['name', name],
    ['email', email],
    ['url', url],
  ])
}

/** One dependency in the order of Helm's JSON. */
export function dependencyStruct(dependency: Dependency): GoStruct {
  return new GoStruct([
    ['name', dependency.name],
    ['version', dependency.version],
    ['repository', dependency.repository],
    ['condition', dependency.condition],
    ['tags', dependency.tags],
    ['enabled', dependency.enabled],
    ['import-values', dependency['import-values']],
    ['alias', dependency.alias],
  ])
}

function yamlMap(record: object): YamlMap {
  const map: YamlMap = Object.create(null)
  for (const [key, value] of Object.entries(record)) if (value !== undefined) map[key] = yamlValue(value)
  return map
}

function yamlValue(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map(yamlValue)
  if (typeof value === 'object' && value !== null) return yamlMap(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
