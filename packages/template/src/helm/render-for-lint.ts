import type { Chart } from '@chartroom/chart'
import { hasCode } from '@chartroom/errors'
import type { Value, ValueMap, YamlMap } from '@chartroom/go'
import { goInt, toValue } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { Budget } from '../text/budget.ts'
import { capabilities } from './capabilities/capabilities.ts'
import type { KubeVersion } from './capabilities/kube-version.ts'
import type { ChartNode } from './chart-node.ts'
import { chartTree } from './chart-node.ts'
import { processEnabled } from './dependencies/enabled.ts'
import { processImports } from './dependencies/import-values.ts'
import { renderTemplates } from './engine.ts'
import { validateSchema, validateTree } from './schema/validate-tree.ts'
import { renderables } from './scope.ts'
import { ChartValues } from './values/chart-values.ts'
import { coalesceValues } from './values/coalesce.ts'
import { copyTable, isTable } from './values/table.ts'
import { coalesceTables } from './values/tables.ts'
import type { Warn } from './warning.ts'

export interface LintRenderOptions {
  readonly ports: TemplatePorts
  readonly values: ValueMap
  readonly namespace: string
  readonly kubeVersion: KubeVersion
  readonly skipSchemaValidation: boolean
  /** Takes what `required` and `fail` would have said, and other warnings. */
  readonly warn: Warn
}

/**
 * Renders a chart as `helm lint` 4.2.4 does: the texts by path, without a look at what they are. Undefined where
 * dependencies or values cannot be put together, about which Helm says nothing here. Throws as `render` does.
 */
export async function renderForLint(
  chart: Chart,
  options: LintRenderOptions,
): Promise<ReadonlyMap<string, string> | undefined> {
  const prepared = prepare(chart, options)
  if (prepared === undefined) return undefined
  const { node, values } = prepared
  if (!options.skipSchemaValidation) validateTree(node, values)
  const { ports, kubeVersion, warn } = options
  const context = {
    values: new ChartValues(values),
    release: release(options.namespace),
    capabilities: capabilities(kubeVersion, []),
  }
  return renderTemplates(renderables(node, context), { ports, budget: new Budget(), lint: warn })
}

function prepare(
  chart: Chart,
  { values, warn }: LintRenderOptions,
): { node: ChartNode; values: ValueMap } | undefined {
  const node = chartTree(chart)
  // Templates may change values, and those who gave them may need them again.
  const given = copyTable(values)
  try {
    processEnabled(node, given, { warn, path: '' })
    processImports(node, warn)
    // Twice, as Helm does it: a default that a null took away comes back.
    const once = coalesceValues(node, given, { merge: false, warn })
    return { node, values: coalesceValues(node, once, { merge: false, warn }) }
  } catch (error) {
    if (hasCode(error, 'RENDER_FAILED', 'VALUES_INVALID')) return undefined
    throw error
  }
}

/** Neither installed nor upgraded, as Helm leaves it. */
function release(namespace: string): ValueMap {
  return new Map<string, Value>([
    ['Name', 'test-release'],
    ['Namespace', namespace],
    ['IsUpgrade', false],
    ['IsInstall', false],
    ['Revision', goInt(0)],
    ['Service', 'Helm'],
  ])
}

export interface LintedSchema {
  /** What the user gives. */
  readonly given: ValueMap
  /** A JSON schema. */
  readonly schema: string
}

/** What a schema has against a chart's own values under the given ones, in Helm's words. */
export async function schemaFault(
  values: YamlMap,
  { given, schema }: LintedSchema,
): Promise<string | undefined> {
  const own = toValue(values)
  const target = copyTable(given)
  if (isTable(own)) coalesceTables(target, own, { prefix: '', merge: false, warn: ignore })
  return validateSchema(schema, target)
}

function ignore(): void {}
