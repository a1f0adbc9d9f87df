import type { Chart } from '@chartroom/chart'
import { renderError } from './error.ts'
import type { Warn } from './warning.ts'

/**
 * Throws `RENDER_FAILED` in Helm's words for a library chart, and for dependencies that are declared but do not
 * lie in `charts/`.
 */
export function requireInstallable({ metadata, dependencies }: Chart, warn: Warn): void {
  if (metadata.type !== undefined && metadata.type !== 'application') {
    throw renderError(`${metadata.type} charts are not installable`, {
      hint: 'A library gives definitions to other charts; render one of those.',
    })
  }
  if (metadata.deprecated === true) warn('this chart is deprecated')
  const present = new Set(dependencies.map((one) => one.metadata.name))
  const missing = (metadata.dependencies ?? []).map(({ name }) => name).filter((name) => !present.has(name))
  if (missing.length === 0) return
  throw renderError(
    `an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`,
    { hint: 'Fetch them with: chartroom dependency build CHART.' },
  )
}
