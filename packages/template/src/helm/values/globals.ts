import type { ValueMap } from '@chartroom/go'
import { quote } from '@chartroom/go'
import type { Warn } from '../warning.ts'
import { isTable } from './table.ts'
import { coalesceTables, joined } from './tables.ts'

/** The key of what a chart hands to its subcharts. */
export const global = 'global'

/**
 * Copies the parent's globals into the child's values; the parent's win, tables are merged. What is nested
 * deeper stays shared between the two, so that a child's addition is seen by others: Helm does so too.
 */
export function coalesceGlobals(
  target: ValueMap,
  source: ValueMap,
  { prefix, warn }: { prefix: string; warn: Warn },
): void {
  const own = target.has(global) ? target.get(global) : new Map()
  if (!isTable(own)) {
    warn(`warning: skipping globals because destination ${global} is not a table.`)
    return
  }
  const given = source.has(global) ? source.get(global) : new Map()
  if (!isTable(given)) {
    warn(`warning: skipping globals because source ${global} is not a table.`)
    return
  }
  for (const [key, value] of given) {
    const below = own.get(key)
    if (!isTable(value)) {
      if (isTable(below)) warn(`key ${key} is table. Skipping`)
      else own.set(key, value)
    } else if (!own.has(key)) {
      own.set(key, new Map(value))
    } else if (isTable(below)) {
      const merged: ValueMap = new Map(value)
      coalesceTables(merged, below, { prefix: joined(prefix, key), merge: true, warn })
      own.set(key, merged)
    } else {
      warn(`Conflict: cannot merge map onto non-map for ${quote(key)}. Skipping.`)
    }
  }
  target.set(global, own)
}
