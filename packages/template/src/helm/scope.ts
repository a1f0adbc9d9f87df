import type { GoObject, ValueMap } from '@chartroom/go'
import { bytesString, UnnamedMap } from '@chartroom/go'
import type { ChartNode } from './chart-node.ts'
import type { Renderable } from './engine.ts'
import { chartObject } from './objects/chart-object.ts'
import { filesOf } from './objects/files.ts'
import { ChartValues } from './values/chart-values.ts'
import { tableAt } from './values/table.ts'

/** What all charts of a rendering have in common. */
export interface SharedContext {
  /** Of the root; subcharts find theirs in it. */
  readonly values: ValueMap
  readonly release: ValueMap
  readonly capabilities: GoObject
}

/** The templates of a chart and its subcharts, each with its dot. */
export function renderables(root: ChartNode, shared: SharedContext): Renderable[] {
  const found = new Map<string, Renderable>()
  collect(root, { found, shared, values: shared.values })
  return [...found.values()]
}

interface Collecting {
  /** By path: charts of one name are one to Helm, the last one counts. */
  readonly found: Map<string, Renderable>
  readonly shared: SharedContext
  readonly values: ValueMap
}

function collect(node: ChartNode, { found, shared, values }: Collecting): ValueMap {
  const subcharts: ValueMap = new Map()
  const data = new ChartValues([
    ['Chart', chartObject(node)],
    ['Files', filesOf(node.files)],
    ['Release', shared.release],
    ['Capabilities', shared.capabilities],
    ['Values', values],
    ['Subcharts', subcharts],
  ])
  for (const child of node.dependencies) {
    const below = collect(child, { found, shared, values: ownValues(values, child.name) })
    subcharts.set(child.name, new UnnamedMap(below))
  }
  const { fullPath, isLibrary } = node
  const basePath = cleanPath(`${fullPath}/templates`)
  for (const { name, data: bytes } of node.templates) {
    if (isLibrary && !isPartial(name)) continue
    const path = cleanPath(`${fullPath}/${name}`)
    found.set(path, { path, basePath, text: bytesString(bytes), data })
  }
  return data
}

/** The values of a subchart, which are those that its parent has below its name: a change of one changes both. */
function ownValues(values: ValueMap, name: string): ChartValues {
  // A name with dots is taken for a path, as Helm does.
  const own = tableAt(values, name)
  if (!(own instanceof Map)) return new ChartValues([])
  const below = new ChartValues(own)
  const end = name.lastIndexOf('.')
  const above = end < 0 ? values : tableAt(values, name.slice(0, end))
  if (above instanceof Map) above.set(name.slice(end + 1), new UnnamedMap(below))
  return below
}

function isPartial(name: string): boolean {
  return name.slice(name.lastIndexOf('/') + 1).startsWith('_')
}

/** Go's path.Join: no empty segments. */
function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/')
}
