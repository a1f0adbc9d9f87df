import type { ChartroomError } from '@chartroom/errors'
import type { Value, ValueMap } from '@chartroom/go'
import { sprintf } from '@chartroom/go'
import type { ChartNode } from '../chart-node.ts'
import { renderError } from '../error.ts'
import type { Warn } from '../warning.ts'
import { coalesceGlobals } from './globals.ts'
import { copyTable, isTable } from './table.ts'
import { cleanNils, coalesceTables } from './tables.ts'

export interface CoalesceOptions {
  /** Keep nulls, as Helm's MergeValues does for what is coalesced again later. */
  readonly merge: boolean
  readonly warn: Warn
}

/**
 * The values of a chart and its subcharts below the given ones, by the rules of Helm 4: maps are merged, all
 * else is replaced, a null takes a default away, globals go down. Nothing given is changed.
 */
export function coalesceValues(node: ChartNode, given: ValueMap, options: CoalesceOptions): ValueMap {
  return coalesce(node, copyTable(given), { ...options, prefix: '' })
}

interface Coalescing extends CoalesceOptions {
  /** Where this chart lies, for warnings. */
  readonly prefix: string
}

function coalesce(node: ChartNode, target: ValueMap, coalescing: Coalescing): ValueMap {
  addDefaults(node, target, coalescing)
  const prefix = joined(coalescing.prefix, node.name)
  for (const child of node.dependencies) {
    if (!target.has(child.name)) target.set(child.name, new Map())
    const table = target.get(child.name)
    if (!isTable(table)) throw typeMismatch(child.name, table)
    coalesceGlobals(table, target, { prefix, warn: coalescing.warn })
    target.set(child.name, coalesce(child, table, { ...coalescing, prefix }))
  }
  return target
}

function typeMismatch(name: string, value: Value): ChartroomError {
  return renderError(sprintf('type mismatch on %s: %t', [name, value]), {
    hint: `The values under ${name} are those of the subchart of that name: write a map.`,
  })
}

/** Puts the chart's own values under the given ones. */
function addDefaults(node: ChartNode, target: ValueMap, coalescing: Coalescing): void {
  const { merge, warn } = coalescing
  const prefix = joined(coalescing.prefix, node.name)
  for (const [key, own] of copyTable(node.values)) {
    const given = target.get(key)
    if (!target.has(key)) {
      if (!merge && own === null) continue
      if (!merge && isTable(own)) cleanNils(own)
      target.set(key, own)
    } else if (given === null && !merge) {
      target.delete(key)
    } else if (isTable(given)) {
      mergeTable(given, own, { ...coalescing, prefix, key, isChild: isChildName(node, key), warn })
    }
  }
}

interface MergingTable extends Coalescing {
  readonly key: string
  readonly isChild: boolean
}

function mergeTable(given: ValueMap, own: Value, { key, isChild, merge, prefix, warn }: MergingTable): void {
  if (!isTable(own)) {
    if (own !== null) warn(`warning: skipped value for ${prefix}.${key}: Not a table.`)
    return
  }
  // Nulls for a subchart are kept: the subchart's own pass deletes by them.
  const keepNulls = merge || isChild
  if (!keepNulls) cleanNils(own)
  coalesceTables(given, own, { prefix: joined(prefix, key), merge: keepNulls, warn })
}

function isChildName(node: ChartNode, key: string): boolean {
  return node.dependencies.some(({ name }) => name === key)
}

function joined(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`
}
