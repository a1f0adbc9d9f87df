import type { Chart, ChartFile, Dependency, Metadata } from '@chartroom/chart'
import { chartValues } from '@chartroom/chart'
import type { Value, ValueMap } from '@chartroom/go'
import { bytesString, toValue } from '@chartroom/go'

/** A dependency as Chart.yaml declares it, while conditions, tags and aliases are worked out. */
export interface Requirement {
  /** Becomes the alias, where there is one. */
  name: string
  readonly version: string
  readonly repository: string
  readonly condition: string
  readonly tags: readonly string[]
  enabled: boolean
  importValues: readonly Value[]
  readonly alias: string
}

/** What processing dependencies may change of a chart's metadata. Copies of a chart may share it, as in Helm. */
export interface NodeMetadata {
  name: string
  readonly declared: Metadata
  /** Undefined where Chart.yaml declares none. */
  requirements: Requirement[] | undefined
}

/**
 * A chart while it is rendered: aliases copy it, conditions take charts away, imports change its values. The
 * chart that was loaded stays as it is.
 */
export class ChartNode {
  metadata: NodeMetadata
  values: ValueMap
  parent: ChartNode | undefined
  dependencies: ChartNode[] = []
  /** There may be another node with the very same tables of values: what is made of them must share nothing. */
  isAliased = false
  readonly schema: string | undefined
  readonly templates: readonly ChartFile[]
  /** What `.Files` has: neither templates nor the files that Helm itself reads. */
  readonly files: readonly ChartFile[]

  constructor(parts: Pick<ChartNode, 'metadata' | 'values' | 'schema' | 'templates' | 'files'>) {
    this.metadata = parts.metadata
    this.values = parts.values
    this.schema = parts.schema
    this.templates = parts.templates
    this.files = parts.files
  }

  get name(): string {
    return this.metadata.name
  }

  /** `parent/charts/child`: where the sources of manifests are said to be. */
  get fullPath(): string {
    return this.parent === undefined ? this.name : `${this.parent.fullPath}/charts/${this.name}`
  }

  get isLibrary(): boolean {
    return this.metadata.declared.type?.toLowerCase() === 'library'
  }

  /** A copy that shares all but the list of dependencies and the parent. */
  shallowCopy(): ChartNode {
    const copy = new ChartNode(this)
    copy.dependencies = [...this.dependencies]
    copy.parent = this.parent
    copy.isAliased = this.isAliased
    return copy
  }

  setDependencies(dependencies: readonly ChartNode[]): void {
    this.dependencies = [...dependencies]
    for (const dependency of dependencies) dependency.parent = this
  }
}

/** The tree of a loaded chart, sorted into what Helm makes of its files. */
export function chartTree(chart: Chart): ChartNode {
  const isOld = chart.metadata.apiVersion === 'v1'
  const schema = chart.files.find(({ name }) => name === 'values.schema.json')
  const node = new ChartNode({
    metadata: nodeMetadata(chart.metadata),
    values: chartValues(chart),
    schema: schema === undefined ? undefined : bytesString(schema.data),
    templates: chart.files.filter(({ name }) => name.startsWith('templates/')),
    files: chart.files.filter(({ name }) => isPlainFile(name, isOld)),
  })
  node.setDependencies(chart.dependencies.map(chartTree))
  return node
}

function isPlainFile(name: string, isOld: boolean): boolean {
  if (readByHelm.has(name) || name.startsWith('templates/')) return false
  if (name === 'requirements.yaml' || name === 'requirements.lock') return isOld
  return !name.startsWith('charts/') || name.endsWith('.prov')
}

const readByHelm = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'])

function nodeMetadata(declared: Metadata): NodeMetadata {
  return { name: declared.name, declared, requirements: declared.dependencies?.map(requirementOf) }
}

function requirementOf(declared: Dependency): Requirement {
  return {
    name: declared.name,
    version: declared.version ?? '',
    repository: declared.repository,
    condition: declared.condition ?? '',
    tags: declared.tags ?? [],
    enabled: declared.enabled ?? false,
    importValues: (declared['import-values'] ?? []).map(toValue),
    alias: declared.alias ?? '',
  }
}
