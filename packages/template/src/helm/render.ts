import type { Chart } from '@chartroom/chart'
import type { GoObject, Value, ValueMap } from '@chartroom/go'
import { goInt } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import type { BudgetLimits } from '../text/index.ts'
import { Budget } from '../text/index.ts'
import { capabilities } from './capabilities/capabilities.ts'
import type { KubeVersion } from './capabilities/kube-version.ts'
import { defaultKubeVersion } from './capabilities/kube-version.ts'
import type { ChartNode } from './chart-node.ts'
import { chartTree } from './chart-node.ts'
import { isCompatible, processEnabled } from './dependencies/enabled.ts'
import { processImports } from './dependencies/import-values.ts'
import { renderTemplates } from './engine.ts'
import { renderError } from './error.ts'
import type { Crd } from './manifest/crds.ts'
import { crdsOf } from './manifest/crds.ts'
import type { Hook } from './manifest/hook.ts'
import type { Manifest } from './manifest/sort.ts'
import { sortManifests } from './manifest/sort.ts'
import { takeNotes } from './manifest/notes.ts'
import { checkReleaseName } from './release-name.ts'
import { validateTree } from './schema/validate-tree.ts'
import { renderables } from './scope.ts'
import { ChartValues } from './values/chart-values.ts'
import { coalesceValues } from './values/coalesce.ts'
import { copyTable } from './values/table.ts'
import type { Warn } from './warning.ts'

export interface RenderOptions {
  readonly ports: TemplatePorts
  /** What a user gives over the chart's values: see `mergeGivenValues`. */
  readonly values?: ValueMap | undefined
  readonly release?: ReleaseOptions | undefined
  readonly kubeVersion?: KubeVersion | undefined
  /** API versions besides those that Helm knows. */
  readonly apiVersions?: readonly string[] | undefined
  readonly skipSchemaValidation?: boolean | undefined
  /** Notes of subcharts too. */
  readonly subchartNotes?: boolean | undefined
  readonly strict?: boolean | undefined
  /** `required` and `fail` do not fail; what they would say goes here. */
  readonly lint?: ((message: string) => void) | undefined
  readonly enableDns?: boolean | undefined
  /** Takes what Helm prints to stderr and goes on. */
  readonly warn?: Warn | undefined
  /** How much the templates may do. */
  readonly limits?: BudgetLimits | undefined
  /** Split and order manifests as Helm 3.21.4 does. */
  readonly asHelm3?: boolean | undefined
  /** Takes what each file gave, before it is read as YAML: all there is to see when it is none. */
  readonly onOutput?: ((files: ReadonlyMap<string, string>) => void) | undefined
}

export interface ReleaseOptions {
  /** Default: `release-name`. */
  readonly name?: string | undefined
  /** Default: `default`. */
  readonly namespace?: string | undefined
  readonly isUpgrade?: boolean | undefined
}

/** What came of a chart. */
export interface Rendered {
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Hook[]
  readonly crds: readonly Crd[]
  /** NOTES.txt, which Helm prints after installing. */
  readonly notes: string
}

/**
 * Renders a chart as `helm template` 4.2.4 does. Throws `RENDER_FAILED` for what is wrong with the chart,
 * `VALUES_INVALID` for values that a schema refuses, in Helm's words.
 */
export async function render(chart: Chart, options: RenderOptions): Promise<Rendered> {
  const warn = options.warn ?? ignore
  const kube = options.kubeVersion ?? defaultKubeVersion
  checkReleaseName(options.release?.name ?? defaultName)
  const { node, values } = prepare(chart, { ...options, warn })
  requireKubeVersion(node, kube)
  const files = renderTemplates(renderables(node, contextOf(values, kube, options)), {
    ports: options.ports,
    budget: new Budget(options.limits),
    strict: options.strict,
    lint: options.lint,
    enableDns: options.enableDns,
  })
  options.onOutput?.(files)
  const notes = takeNotes(files, { chart: node.name, subcharts: options.subchartNotes === true })
  return { ...sortManifests(files, warn, options.asHelm3), crds: crdsOf(node), notes }
}

const defaultName = 'release-name'

function ignore(): void {}

/** The tree of charts that are switched on, and their values all together. */
function prepare(
  chart: Chart,
  { values = new Map(), skipSchemaValidation, warn }: RenderOptions & { readonly warn: Warn },
): { node: ChartNode; values: ValueMap } {
  const node = chartTree(chart)
  // Templates may change values, and those who gave them may need them again.
  const given = copyTable(values)
  processEnabled(node, given, { warn, path: '' })
  processImports(node, warn)
  const all = coalesceValues(node, given, { merge: false, warn })
  if (skipSchemaValidation !== true) validateTree(node, all)
  return { node, values: all }
}

function requireKubeVersion(node: ChartNode, kube: KubeVersion): void {
  const range = node.metadata.declared.kubeVersion
  if (range === undefined || isCompatible(range, kube.normalized)) return
  throw renderError(
    `chart requires kubeVersion: ${range} which is incompatible with Kubernetes ${kube.version}`,
    { hint: 'Say which Kubernetes is meant with --kube-version.' },
  )
}

function contextOf(
  values: ValueMap,
  kube: KubeVersion,
  { release = {}, apiVersions = [] }: RenderOptions,
): { values: ValueMap; release: ValueMap; capabilities: GoObject } {
  const isUpgrade = release.isUpgrade === true
  return {
    values: new ChartValues(values),
    release: new Map<string, Value>([
      ['Name', release.name ?? defaultName],
      ['Namespace', release.namespace ?? 'default'],
      ['IsUpgrade', isUpgrade],
      ['IsInstall', !isUpgrade],
      ['Revision', goInt(1)],
      ['Service', 'Helm'],
    ]),
    capabilities: capabilities(kube, apiVersions),
  }
}
