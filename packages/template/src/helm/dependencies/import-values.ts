import type { Value, ValueMap } from '@chartroom/go'
import { formatValue, quote, TypedMap } from '@chartroom/go'
import type { ChartNode, Requirement } from '../chart-node.ts'
import { coalesceValues } from '../values/coalesce.ts'
import { copyTable, isTable, tableAt } from '../values/table.ts'
import { coalesceTables } from '../values/tables.ts'
import type { Warn } from '../warning.ts'

/** Puts the values that dependencies export under those of their parents, from the leaves to the root. */
export function processImports(node: ChartNode, warn: Warn): void {
  for (const child of node.dependencies) processImports(child, warn)
  const { requirements } = node.metadata
  if (requirements === undefined) return
  const copy = requirements.some(({ importValues }) => importValues.length > 0)
  const values = coalesceValues(node, new Map(), { merge: true, copy, warn })
  const imported: ValueMap = new Map()
  for (const requirement of requirements) importFrom(requirement, { values, imported, warn })
  // The parent's own values win over what it imports.
  const own = copy ? copyTable(values) : values
  node.values = coalesceTables(own, imported, { prefix: '', merge: true, warn })
}

interface Importing {
  readonly values: ValueMap
  readonly imported: ValueMap
  readonly warn: Warn
}

function importFrom(requirement: Requirement, { values, imported, warn }: Importing): void {
  const written: Value[] = []
  for (const one of requirement.importValues) {
    const pair = pairOf(one)
    if (pair === undefined) continue
    written.push(new TypedMap('string', Object.entries(pair)))
    const table = tableAt(values, `${requirement.name}.${pair.child}`)
    if (!(table instanceof Map)) {
      warn(
        `ImportValues missing table from chart ${requirement.name}: ${quote(table.missing)} is not a table`,
      )
      continue
    }
    coalesceTables(imported, isTable(one) ? underPath(pair.parent, table) : table, {
      prefix: '',
      merge: true,
      warn,
    })
  }
  requirement.importValues = written
}

function pairOf(one: Value): { child: string; parent: string } | undefined {
  if (typeof one === 'string') return { child: `exports.${one}`, parent: '.' }
  if (!isTable(one)) return undefined
  return { child: formatValue(one.get('child')), parent: formatValue(one.get('parent')) }
}

/** The table at the end of a dotted path of new tables; `.` is the table itself. */
function underPath(path: string, table: ValueMap): ValueMap {
  if (path === '.') return table
  return path.split('.').reduceRight((inner, name): ValueMap => new Map([[name, inner]]), table)
}
