import { ChartroomError, printableLine } from '@chartroom/errors'
import type { Invocation } from './invocation.ts'

export type Cell = string | number | undefined

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Prints a command's result in the format asked for; `table` is what a person reads. */
export async function print(
  { flags, io }: Invocation,
  value: object,
  table: () => Table | string,
): Promise<void> {
  const format = flags.text('output') ?? 'table'
  if (format === 'json') io.out(`${JSON.stringify(value)}\n`)
  else if (format === 'yaml') io.out(await yamlText(value))
  else if (format === 'table') io.out(formatTable(table()))
  else throw new ChartroomError('USAGE', `--output takes table, json or yaml, not ${format}`)
}

// Loaded when asked for: most calls want no YAML.
async function yamlText(value: object): Promise<string> {
  const { formatYaml, parseYaml } = await import('@chartroom/go')
  return formatYaml(parseYaml(JSON.stringify(value)))
}

function formatTable(table: Table | string): string {
  if (typeof table === 'string') return table === '' || table.endsWith('\n') ? table : `${table}\n`
  const rows = [table.head, ...table.rows].map((row) => row.map((cell) => printableLine(String(cell ?? ''))))
  const widths = table.head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return `${rows.map(line).join('\n')}\n`
}
