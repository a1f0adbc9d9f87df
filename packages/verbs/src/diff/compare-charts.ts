import type { Chart } from '@chartroom/chart'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { ValueMap } from '@chartroom/go'
import type { KubeVersion, Rendered, TemplatePorts } from '@chartroom/template'
import { render, requireInstallable } from '@chartroom/template'
import type { DiffOptions } from './diff-charts.ts'
import { diffCharts } from './diff-charts.ts'
import type { ObjectDifference } from './object-difference.ts'
import { repeatablePorts } from './repeatable-ports.ts'

/** A chart with its values. */
export interface ComparedChart {
  /** As the user named it, for errors. */
  readonly label: string
  readonly chart: Chart
  readonly values: ValueMap
}

export interface CompareOptions extends DiffOptions {
  /** Default: `release-name`. */
  readonly releaseName?: string | undefined
  readonly kubeVersion?: KubeVersion | undefined
  readonly apiVersions?: readonly string[] | undefined
  readonly isUpgrade?: boolean | undefined
  readonly skipSchemaValidation?: boolean | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

/**
 * Renders two charts and says which objects are not the same. Both see the same clock and the same random
 * values, so that a chart that makes passwords or certificates is equal to itself. Undefined stands for no chart
 * at all. Throws as `render` does, with the label of the chart in front.
 */
export async function compareCharts(
  before: ComparedChart | undefined,
  after: ComparedChart | undefined,
  options: CompareOptions = {},
): Promise<ObjectDifference[]> {
  const ports = repeatablePorts()
  return diffCharts(
    await renderSide(before, ports.start(), options),
    await renderSide(after, ports.start(), options),
    options,
  )
}

async function renderSide(
  side: ComparedChart | undefined,
  ports: TemplatePorts,
  options: CompareOptions,
): Promise<Rendered | undefined> {
  if (side === undefined) return undefined
  const { label, chart, values } = side
  const warn = (message: string): void => options.onWarning?.(`${label}: ${message}`)
  return labelled(label, () => {
    requireInstallable(chart, warn)
    return render(chart, {
      ports,
      values,
      release: {
        name: options.releaseName,
        namespace: options.namespace,
        isUpgrade: options.isUpgrade,
      },
      kubeVersion: options.kubeVersion,
      apiVersions: options.apiVersions,
      skipSchemaValidation: options.skipSchemaValidation,
      warn,
    })
  })
}

/** Does something for one of two charts, whose label then stands in front of what it throws. */
export async function labelled<T>(label: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const { code, message, hint, op, origin } = asChartroomError(thrown)
    // The usual hint shows a line of the manifest, which may be one of a Secret.
    const shown = message.startsWith('YAML parse error on ')
      ? 'See it with chartroom template --debug.'
      : hint
    throw new ChartroomError(code, `${label}: ${message}`, { hint: shown, op, origin, cause: thrown })
  }
}
