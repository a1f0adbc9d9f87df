// Puts a chart's dependencies into its charts/ folder, out of the same set of checkouts and nothing else.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Copies the chart to `target` with all it depends on. Returns undefined, or why that cannot be done.
 * `visiting` names the charts on the way here, so that a circle ends.
 */
export function vendor(chart, target, { charts, go }, visiting = []) {
  if (visiting.includes(chart.folder)) return 'its dependencies go in a circle'
  cpSync(chart.folder, target, { recursive: true, verbatimSymlinks: true })
  for (const dependency of chart.metadata?.dependencies ?? []) {
    if (isThere(target, dependency.name)) continue
    const found = find(chart, dependency, { charts, go })
    if (found === undefined) return `${dependency.name} ${dependency.version} is in none of the checkouts`
    mkdirSync(join(target, 'charts'), { recursive: true })
    const inside = join(target, 'charts', found.metadata.name)
    const missing = vendor(found, inside, { charts, go }, [...visiting, chart.folder])
    if (missing !== undefined) return missing
  }
  return undefined
}

function isThere(target, name) {
  const charts = join(target, 'charts')
  if (existsSync(join(charts, name, 'Chart.yaml'))) return true
  return (
    existsSync(charts) &&
    readdirSync(charts).some((one) => one.startsWith(`${name}-`) && one.endsWith('.tgz'))
  )
}

function find(chart, { name, version, repository = '' }, { charts, go }) {
  if (repository.startsWith('file://')) {
    const folder = resolve(chart.folder, repository.slice('file://'.length))
    return charts.find((one) => one.folder === folder)
  }
  const constraint = constraintOf(version, go)
  return charts
    .filter(({ metadata }) => metadata?.name === name && matches(metadata.version, constraint, go))
    .sort((a, b) =>
      go.compareVersions(go.parseVersion(b.metadata.version), go.parseVersion(a.metadata.version)),
    )[0]
}

function constraintOf(text, go) {
  try {
    return go.parseConstraint(text ?? '*')
  } catch {
    return undefined
  }
}

function matches(version, constraint, go) {
  const parsed = typeof version === 'string' ? go.parseVersion(version) : undefined
  return parsed !== undefined && constraint?.check(parsed) === true
}
