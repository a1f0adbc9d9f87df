import type { ValueMap } from '@chartroom/go'
import { formatValue } from '@chartroom/go'
import type { Warn } from '../warning.ts'
import { isTable } from './table.ts'

export interface TableOptions {
  readonly prefix: string
  /** Keep nulls that would delete. */
  readonly merge: boolean
  readonly warn: Warn
}

/**
 * Puts a source table under a target table, in place: the target wins, maps are merged. The source may be
 * changed too. A null in the target deletes what the source has, unless nulls are kept.
 */
export function coalesceTables(target: ValueMap, source: ValueMap, options: TableOptions): ValueMap {
  const { merge, warn } = options
  const defined = new Set<string>()
  for (const [key, value] of source) if (value !== null) defined.add(key)
  for (const [key, value] of target) if (value === null) source.set(key, null)
  for (const [key, value] of source) {
    const name = options.prefix === '' ? key : `${options.prefix}.${key}`
    const given = target.get(key)
    if (!target.has(key)) {
      target.set(key, value)
    } else if (!merge && given === null && defined.has(key)) {
      target.delete(key)
    } else if (isTable(value)) {
      if (isTable(given)) coalesceTables(given, value, { ...options, prefix: name })
      else warn(`warning: cannot overwrite table with non table for ${name} (${formatValue(value)})`)
    } else if (isTable(given) && value !== null) {
      const text = formatValue(value)
      warn(`warning: destination for ${name} is a table. Ignoring non-table value (${text})`)
    }
  }
  return target
}

/** Takes all nulls out of a table, at every depth. */
export function cleanNils(table: ValueMap): void {
  for (const [key, value] of table) {
    if (value === null) table.delete(key)
    else if (isTable(value)) cleanNils(value)
  }
}
