import type { Maintainer } from '@chartroom/chart'
import type { Value, ValueMap } from '@chartroom/go'
import { TypedMap } from '@chartroom/go'
import type { ChartNode, Requirement } from '../chart-node.ts'

/** `.Chart`: the metadata under the names of Go's fields, with the dependencies that are left. */
export function chartObject(node: ChartNode): ValueMap {
  const { declared, name, requirements } = node.metadata
  return new Map<string, Value>([
    ['Name', name],
    ['Home', declared.home ?? ''],
    ['Sources', [...(declared.sources ?? [])]],
    ['Version', declared.version],
    ['Description', declared.description ?? ''],
    ['Keywords', [...(declared.keywords ?? [])]],
    ['Maintainers', (declared.maintainers ?? []).map(maintainerMap)],
    ['Icon', declared.icon ?? ''],
    ['APIVersion', declared.apiVersion],
    ['Condition', declared.condition ?? ''],
    ['Tags', declared.tags ?? ''],
    ['AppVersion', declared.appVersion ?? ''],
    ['Deprecated', declared.deprecated ?? false],
    ['Annotations', declared.annotations === undefined ? new NilMap() : stringMap(declared.annotations)],
    ['KubeVersion', declared.kubeVersion ?? ''],
    ['Dependencies', (requirements ?? []).map(dependencyMap)],
    ['Type', declared.type ?? ''],
    ['IsRoot', node.parent === undefined],
  ])
}

function maintainerMap({ name = '', email = '', url = '' }: Maintainer): ValueMap {
  return new Map<string, Value>([
    ['Name', name],
    ['Email', email],
    ['URL', url],
  ])
}

function dependencyMap(requirement: Requirement): ValueMap {
  return new Map<string, Value>([
    ['Name', requirement.name],
    ['Version', requirement.version],
    ['Repository', requirement.repository],
    ['Condition', requirement.condition],
    ['Tags', [...requirement.tags]],
    ['Enabled', requirement.enabled],
    ['ImportValues', [...requirement.importValues]],
    ['Alias', requirement.alias],
  ])
}

function stringMap(record: Readonly<Record<string, string>>): ValueMap {
  return new TypedMap('string', Object.entries(record))
}

class NilMap extends TypedMap<string> {
  override readonly isNil = true

  constructor() {
    super('string', [])
  }
}
