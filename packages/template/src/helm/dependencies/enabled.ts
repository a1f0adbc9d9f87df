import { hasCode } from '@chartroom/errors'
import { parseConstraint, parseVersion } from '@chartroom/go'
import type { ValueMap } from '@chartroom/go'
import type { ChartNode, Requirement } from '../chart-node.ts'
import { coalesceValues } from '../values/coalesce.ts'
import { isTable, tableAt, valueAt } from '../values/table.ts'
import type { Warn } from '../warning.ts'

export interface EnabledOptions {
  readonly warn: Warn
  /** Where the chart's values lie in those of the root: empty, or ending in a dot. */
  readonly path: string
}

/**
 * Takes away the dependencies that tags and conditions switch off, at every depth, and gives the others the
 * names of their aliases. Charts that Chart.yaml does not declare stay.
 */
export function processEnabled(node: ChartNode, given: ValueMap, options: EnabledOptions): void {
  const { requirements } = node.metadata
  if (requirements === undefined) return
  const declared = requirements.map((one) => declaredCharts(node.dependencies, one))
  const known = new Set(declared.flat())
  const present = node.dependencies.filter((child) => !known.has(child))
  for (const [index, requirement] of requirements.entries()) {
    const chart = declared[index]?.[0]
    if (chart !== undefined) present.push(aliased(chart, requirement))
    if (requirement.alias !== '') requirement.name = requirement.alias
  }
  node.setDependencies(present)
  for (const requirement of requirements) requirement.enabled = true
  const values = coalesceValues(node, given, { merge: false, warn: options.warn })
  applyTags(requirements, values, options.warn)
  applyConditions(requirements, values, options)
  removeDisabled(node, requirements, { ...options, values })
}

function removeDisabled(
  node: ChartNode,
  requirements: readonly Requirement[],
  { values, warn, path }: EnabledOptions & { readonly values: ValueMap },
): void {
  const disabled = new Set(requirements.filter(({ enabled }) => !enabled).map(({ name }) => name))
  const left = node.dependencies.filter(({ name }) => !disabled.has(name))
  for (const child of left) processEnabled(child, values, { warn, path: `${path}${child.name}.` })
  const declared = requirements.filter(({ name }) => !disabled.has(name))
  node.metadata.requirements = declared.length === 0 ? undefined : declared
  node.setDependencies(left)
}

function declaredCharts(charts: readonly ChartNode[], { name, version }: Requirement): ChartNode[] {
  const named = charts.filter((one) => one.metadata.name === name)
  return named.filter((one) => isCompatible(version, one.metadata.declared.version))
}

/** A copy of a chart that a dependency means, under its alias; its own subcharts are copied too. */
function aliased(chart: ChartNode, requirement: Requirement): ChartNode {
  const copy = chart.shallowCopy()
  const { name, declared, requirements } = chart.metadata
  copy.metadata = {
    name: requirement.alias === '' ? name : requirement.alias,
    declared,
    requirements: requirements?.map((one) => ({ ...one })),
  }
  copy.setDependencies(chart.dependencies.map((one) => one.shallowCopy()))
  if (requirement.alias !== '') markAliased(copy)
  return copy
}

function markAliased(node: ChartNode): void {
  node.isAliased = true
  for (const child of node.dependencies) markAliased(child)
}

/** True when a version lies in a range; false too when either cannot be read. */
export function isCompatible(range: string, version: string): boolean {
  const parsed = parseVersion(version)
  if (parsed === undefined) return false
  try {
    return parseConstraint(range).check(parsed)
  } catch (error) {
    if (hasCode(error, 'USAGE')) return false
    throw error
  }
}

function applyTags(requirements: readonly Requirement[], values: ValueMap, warn: Warn): void {
  const tags = tableAt(values, 'tags')
  if (!isTable(tags as ValueMap)) return
  for (const requirement of requirements) {
    const states = requirement.tags.map((tag) => {
      const state = (tags as ValueMap).get(tag)
      if (state !== undefined && typeof state !== 'boolean')
        warn(`returned non-bool value tag=${tag} chart=${requirement.name}`)
      return state
    })
    requirement.enabled = states.includes(true) || !states.includes(false)
  }
}

function applyConditions(
  requirements: readonly Requirement[],
  values: ValueMap,
  { warn, path }: EnabledOptions,
): void {
  for (const requirement of requirements) {
    for (const condition of requirement.condition.trim().split(',')) {
      if (condition === '') continue
      const value = valueAt(values, path + condition)
      if (typeof value === 'boolean') {
        requirement.enabled = value
        break
      }
      if (value !== undefined) warn(`returned non-bool value path=${condition} chart=${requirement.name}`)
    }
  }
}
