import type { KubernetesObject, ObjectMetadata, Values } from '../object.ts'

export interface HelmReleaseParts {
  readonly apiVersion: string
  readonly metadata: ObjectMetadata
  readonly interval: string
  readonly releaseName: string
  readonly targetNamespace: string
  readonly values: Values
  readonly chart: ReleasedChart
}

/** A source that is the chart itself, or a chart of a repository. */
export type ReleasedChart =
  | { readonly kind: 'OCIRepository'; readonly name: string }
  | {
      readonly kind: 'HelmRepository'
      readonly name: string
      readonly chart: string
      readonly version: string
    }

export function helmRelease(parts: HelmReleaseParts): KubernetesObject {
  const { apiVersion, metadata, interval, releaseName, targetNamespace, values, chart } = parts
  return {
    apiVersion,
    kind: 'HelmRelease',
    metadata,
    spec: {
      interval,
      releaseName,
      targetNamespace,
      install: { createNamespace: true },
      ...chartPart(chart, metadata.namespace),
      ...(values.size === 0 ? {} : { values }),
    },
  }
}

function chartPart(chart: ReleasedChart, namespace: string): Readonly<Record<string, unknown>> {
  const reference = { kind: chart.kind, name: chart.name, namespace }
  if (chart.kind === 'OCIRepository') return { chartRef: reference }
  return { chart: { spec: { chart: chart.chart, version: chart.version, sourceRef: reference } } }
}
