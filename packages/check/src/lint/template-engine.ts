import type { ValueMap } from '@chartroom/go'
import type { KubeVersion, TemplatePorts } from '@chartroom/template'
import { renderForLint, schemaFault } from '@chartroom/template'
import type { LintEngine } from './lint-options.ts'

export interface TemplateEngineOptions {
  readonly ports: TemplatePorts
  /** What the user gives over the chart's values. */
  readonly values: ValueMap
  readonly namespace: string
  readonly kubeVersion: KubeVersion
  /** Takes what `required` and `fail` would have said, and what else helm warns of. */
  readonly warn?: ((message: string) => void) | undefined
}

/** The engine of `@chartroom/template` for lint. */
export function templateEngine({ warn = ignore, ...options }: TemplateEngineOptions): LintEngine {
  return {
    render: (chart, skipSchemaValidation) => renderForLint(chart, { ...options, warn, skipSchemaValidation }),
    schemaFault: (values, schema) => schemaFault(values, { given: options.values, schema }),
  }
}

function ignore(): void {}
