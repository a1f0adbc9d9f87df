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
  else if (format === 'table') io.out(formatTable(table(), io.outIsTerminal ? io.columns : Infinity))
  else throw new ChartroomError('USAGE', `--output takes table, json or yaml, not ${format}`)
}

// Loaded when asked for: most calls want no YAML.
async function yamlText(value: object): Promise<string> {
  const { formatYaml, parseYaml } = await import('@chartroom/go')
  return formatYaml(parseYaml(JSON.stringify(value)))
}

function formatTable(table: Table | string, columns: number): string {
  if (typeof table === 'string') return table === '' || table.endsWith('\n') ? table : `${table}\n`
  const rows = [table.head, ...table.rows].map((row) => row.map((cell) => printableLine(String(cell ?? ''))))
  const text = aligned(rows)
  if (!text.split('\n').some((line) => line.length > columns)) return text
  // On a terminal that is too narrow the beginnings of digests will do; pipes and JSON have the whole ones.
  return aligned(
    rows.map((row) => row.map((cell) => cell.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1'))),
  )
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return `${rows.map(line).join('\n')}\n`
}
