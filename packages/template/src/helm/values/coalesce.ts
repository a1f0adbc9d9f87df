import type { ChartroomError } from '@chartroom/errors'
import type { Value, ValueMap } from '@chartroom/go'
import { sprintf } from '@chartroom/go'
import type { ChartNode } from '../chart-node.ts'
import { renderError } from '../error.ts'
import type { Warn } from '../warning.ts'
import { coalesceGlobals, global } from './globals.ts'
import { copyOf, copyTable, isTable } from './table.ts'
import { coalesceTables, joined, withoutNulls } from './tables.ts'

export interface CoalesceOptions {
  /** Keep nulls, as Helm's MergeValues does for what is coalesced again later. */
  readonly merge: boolean
  /** Share nothing with the charts: the result is to be changed while they are still needed. */
  readonly copy?: boolean | undefined
  readonly warn: Warn
}

/**
 * The values of a chart and its subcharts below the given ones, by the rules of Helm 4: maps are merged, all
 * else is replaced, a null takes a default away, globals go down. Nothing given is changed, but the result
 * shares with it and with the charts what it has of theirs.
 */
export function coalesceValues(node: ChartNode, given: ValueMap, options: CoalesceOptions): ValueMap {
  const { merge, warn } = options
  const copy = options.copy === true || hasChartOfGlobals(node)
  return coalesce(node, copy ? copyTable(given) : ownTable(given), { merge, copy, warn, prefix: '' })
}

/** A subchart of that name is merged into what all others are given, so that everything must be its own. */
function hasChartOfGlobals(node: ChartNode): boolean {
  return node.dependencies.some((child) => child.name === global || hasChartOfGlobals(child))
}

interface Coalescing extends CoalesceOptions {
  /** Nothing is shared with the charts, and all is changed in place. */
  readonly copy: boolean
  /** Where this chart lies, for warnings. */
  readonly prefix: string
}

function coalesce(node: ChartNode, target: ValueMap, coalescing: Coalescing): ValueMap {
  addDefaults(node, target, coalescing)
  const prefix = joined(coalescing.prefix, node.name)
  for (const child of node.dependencies) {
    if (!target.has(child.name)) target.set(child.name, new Map())
    const given = target.get(child.name)
    if (!isTable(given)) throw typeMismatch(child.name, given)
    const table = coalescing.copy ? given : ownTable(given)
    coalesceGlobals(table, target, { prefix, warn: coalescing.warn })
    target.set(child.name, coalesce(child, table, { ...coalescing, prefix }))
  }
  return target
}

/** A table that may be written to, and all the tables of its globals, which charts then share with each other. */
function ownTable(table: ValueMap): ValueMap {
  const own: ValueMap = new Map(table)
  const globals = own.get(global)
  if (isTable(globals)) own.set(global, copyTable(globals))
  return own
}

function typeMismatch(name: string, value: Value): ChartroomError {
  return renderError(sprintf('type mismatch on %s: %t', [name, value]), {
    hint: `The values under ${name} are those of the subchart of that name: write a map.`,
  })
}

/** Puts the chart's own values under the given ones. */
function addDefaults(node: ChartNode, target: ValueMap, coalescing: Coalescing): void {
  const { merge, copy, warn } = coalescing
  const prefix = joined(coalescing.prefix, node.name)
  for (const [key, shared] of node.values) {
    const isCopied = copy || node.isAliased || key === global
    const own = isCopied ? copyOf(shared) : shared
    const given = target.get(key)
    if (given === undefined && !target.has(key)) {
      if (merge) target.set(key, own)
      else if (own !== null) target.set(key, isTable(own) ? withoutNulls(own) : own)
    } else if (given === null && !merge) {
      target.delete(key)
    } else if (given !== own && isTable(given)) {
      const isChild = isChildName(node, key)
      const merged = mergeTable(given, own, { merge, copy, warn, prefix, key, isChild })
      if (merged !== given) target.set(key, merged)
    }
  }
}

interface MergingTable extends Coalescing {
  readonly key: string
  readonly isChild: boolean
}

function mergeTable(given: ValueMap, own: Value, merging: MergingTable): ValueMap {
  const { key, copy, prefix, warn } = merging
  if (!isTable(own)) {
    if (own !== null) warn(`warning: skipped value for ${prefix}.${key}: Not a table.`)
    return given
  }
  // Nulls for a subchart are kept: the subchart's own pass deletes by them.
  const merge = merging.merge || merging.isChild
  const source = merge ? own : withoutNulls(own)
  const keep = !copy && key !== global
  return coalesceTables(given, source, { prefix: joined(prefix, key), merge, keep, warn })
}

function isChildName(node: ChartNode, key: string): boolean {
  return node.dependencies.some(({ name }) => name === key)
}
