import type { Chart } from '@chartroom/chart'
import type { YamlMap } from '@chartroom/go'

export interface LintOptions {
  readonly engine: LintEngine
  /** `major.minor` of the Kubernetes version whose deprecations count. */
  readonly kubeVersion: string
  readonly skipSchemaValidation?: boolean | undefined
}

/** What lint needs of a template engine, which knows the values that the user gives. */
export interface LintEngine {
  /**
   * Renders in lint mode: `required` and `fail` do nothing, nothing is looked up. The texts are named by the
   * chart's name and the template: `mychart/templates/x.yaml`. Undefined when dependencies or values cannot be
   * put together, about which helm's lint keeps quiet. Throws in Helm's words.
   */
  render(chart: Chart, skipSchemaValidation: boolean): Promise<ReadonlyMap<string, string> | undefined>
  /** What a JSON schema has against values.yaml under the user's values, in Helm's words. */
  schemaFault(values: YamlMap, schema: string): Promise<string | undefined>
}
