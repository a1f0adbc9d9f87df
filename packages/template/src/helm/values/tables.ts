import type { Value, ValueMap } from '@chartroom/go'
import { formatValue } from '@chartroom/go'
import type { Warn } from '../warning.ts'
import { isTable } from './table.ts'

export interface TableOptions {
  readonly prefix: string
  /** Keep nulls that would delete. */
  readonly merge: boolean
  /** Change neither table: the result is a copy as far as it differs from the target, the rest is shared. */
  readonly keep?: boolean | undefined
  readonly warn: Warn
}

/**
 * Puts a source table under a target table, in place unless told to keep both: the target wins, maps are merged.
 * The source may be changed too. A null in the target deletes what the source has, unless nulls are kept.
 */
export function coalesceTables(target: ValueMap, source: ValueMap, options: TableOptions): ValueMap {
  // What a chart was read with is often the very table that its parent has for it by now.
  if (target === source) return target
  const { prefix, merge, keep = false, warn } = options
  if (!keep) for (const [key, value] of target) if (value === null && !source.has(key)) source.set(key, null)
  let result = target
  for (const [key, value] of source) {
    const given = target.get(key)
    if (given === null) {
      if (!keep) source.set(key, null)
      if (merge || value === null) continue
      if (keep && result === target) result = new Map(target)
      result.delete(key)
    } else if (given === undefined && !target.has(key)) {
      if (keep && result === target) result = new Map(target)
      result.set(key, value)
    } else if (isTable(value) && isTable(given)) {
      const merged = coalesceTables(given, value, { prefix: joined(prefix, key), merge, keep, warn })
      if (merged === given) continue
      if (result === target) result = new Map(target)
      result.set(key, merged)
    } else if (isTable(value) || (isTable(given) && value !== null)) {
      warn(mismatchText(joined(prefix, key), value))
    }
  }
  return result
}

function mismatchText(name: string, value: Value): string {
  const text = formatValue(value)
  return isTable(value)
    ? `warning: cannot overwrite table with non table for ${name} (${text})`
    : `warning: destination for ${name} is a table. Ignoring non-table value (${text})`
}

/** The name of a key in the tables that a prefix leads to. */
export function joined(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`
}

/** A table without nulls at any depth: itself where it has none. */
export function withoutNulls(table: ValueMap): ValueMap {
  let result = table
  // Not by pairs, which would be made for each of the many that stay.
  table.forEach((value, key) => {
    if (value !== null && !isTable(value)) return
    const clean = value === null ? null : withoutNulls(value)
    if (value !== null && clean === value) return
    if (result === table) result = new Map(table)
    if (clean === null) result.delete(key)
    else result.set(key, clean)
  })
  return result
}
