import type { LintOptions } from '@chartroom/check'
import { templateEngine } from '@chartroom/check'
import type { ValueMap } from '@chartroom/go'
import { defaultKubeVersion, parseKubeVersion } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'

export interface LintSettings {
  /** What the user gives. */
  readonly values: ValueMap
  readonly namespace: string
  readonly kubeVersion?: string | undefined
  readonly skipSchemaValidation?: boolean | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

/** The rules' options, with a template engine. Throws `VALUES_INVALID` for a version that is none. */
export function lintOptions(settings: LintSettings): LintOptions {
  const { values, namespace, skipSchemaValidation, onWarning } = settings
  const kube =
    settings.kubeVersion === undefined ? defaultKubeVersion : parseKubeVersion(settings.kubeVersion)
  const engine = templateEngine({
    ports: nodePorts,
    values,
    namespace,
    kubeVersion: kube,
    warn: onWarning,
  })
  return { engine, kubeVersion: `${kube.major}.${kube.minor}`, skipSchemaValidation }
}
