import type { Finding } from '@chartroom/chart'
import { lintChart } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { Environment } from '../../environment.ts'
import type { Packed } from '../../package/packed.ts'
import { findProject } from '../../project/project.ts'
import type { Destination } from '../destination.ts'
import { chooseCharts } from './charts.ts'
import type { DestinationRequest } from './destinations.ts'
import { chooseDestinations } from './destinations.ts'

export interface PublicationRequest extends DestinationRequest {
  /** Folders or archives; none stands for the charts of `chartroom.yaml`. */
  readonly charts: readonly string[]
  readonly skipLint?: boolean | undefined
}

/** What a publish run is made of, once flags and `chartroom.yaml` are put together. */
export interface Publication {
  readonly charts: readonly Packed[]
  readonly destinations: readonly Destination[]
  /** What lint found that does not keep a chart from being published. */
  readonly warnings: readonly Finding[]
}

/** Throws `CHART_INVALID` for a chart with errors of lint. */
export async function choosePublication(
  environment: Environment,
  request: PublicationRequest,
): Promise<Publication> {
  const project = await findProject(environment.cwd)
  const charts = await chooseCharts(request.charts, environment, project)
  const skipLint = request.skipLint ?? project?.publish?.skipLint ?? false
  const warnings = skipLint ? [] : charts.flatMap(lint)
  const destinations = await chooseDestinations(request, environment, project)
  return { charts, destinations, warnings }
}

function lint({ chart }: Packed): Finding[] {
  const findings = lintChart(chart)
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return findings.filter(({ severity }) => severity === 'warning')
  const { name, version } = chart.metadata
  const text = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new ChartroomError('CHART_INVALID', `${name} ${version}: ${text}`, {
    op: 'lint',
    hint: 'Mend the chart, or pass --skip-lint to publish it as it is.',
  })
}
