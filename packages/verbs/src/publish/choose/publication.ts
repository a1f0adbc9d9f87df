import type { Environment } from '../../environment.ts'
import type { Packed } from '../../package/packed.ts'
import { findProject } from '../../project/project.ts'
import { checkCharts } from '../check/check-charts.ts'
import type { Destination } from '../destination.ts'
import { chooseCharts } from './charts.ts'
import type { DestinationRequest } from './destinations.ts'
import { chooseDestinations } from './destinations.ts'

export interface PublicationRequest extends DestinationRequest {
  /** Folders or archives; none stands for the charts of `chartroom.yaml`. */
  readonly charts: readonly string[]
  readonly skipLint?: boolean | undefined
  /** Do not render the charts. */
  readonly skipTest?: boolean | undefined
}

/** What a publish run is made of, once flags and `chartroom.yaml` are put together. */
export interface Publication {
  readonly charts: readonly Packed[]
  readonly destinations: readonly Destination[]
  /** What was found in the charts that does not keep them from being published. */
  readonly warnings: readonly string[]
}

/** Throws `CHART_INVALID` for charts that lint or a test of theirs refuses. */
export async function choosePublication(
  environment: Environment,
  request: PublicationRequest,
): Promise<Publication> {
  const project = await findProject(environment.cwd)
  const charts = await chooseCharts(request.charts, environment, project)
  const skipped = {
    lint: request.skipLint ?? project?.publish?.skipLint ?? false,
    test: request.skipTest ?? project?.publish?.skipTest ?? false,
  }
  const warnings = await checkCharts(charts, skipped)
  const destinations = await chooseDestinations(request, environment, project)
  return { charts, destinations, warnings }
}
