import { printable } from '@chartroom/errors'
import { markdownOf } from './markdown.ts'
import type { ObjectDifference } from './object-difference.ts'
import { titleOf } from './title.ts'

export interface FormatOptions {
  readonly format: 'text' | 'markdown'
  /** Colours of a terminal, in `text`. */
  readonly colour?: boolean | undefined
  /** How large the Markdown may become in UTF-8; beyond it, differences are left out and a sentence says so. */
  readonly maxBytes?: number | undefined
}

/** Differences for a person to read: on a terminal, or in a step summary or comment of a pull request. */
export function formatDifferences(
  differences: readonly ObjectDifference[],
  { format, colour = false, maxBytes }: FormatOptions,
): string {
  if (format === 'markdown') return markdownOf(differences, maxBytes)
  return differences.map((difference) => textOf(difference, colour)).join('\n')
}

function textOf(difference: ObjectDifference, colour: boolean): string {
  const title = `${difference.change}: ${titleOf(difference)}`
  const lines = printable(difference.diff).split('\n').slice(0, -1)
  if (!colour) return `${title}\n${lines.map((line) => `${line}\n`).join('')}`
  return `${codes.bold}${title}${codes.reset}\n${lines.map((line) => `${coloured(line)}\n`).join('')}`
}

const codes = {
  bold: '\u001b[1m',
  red: '\u001b[31m',
  green: '\u001b[32m',
  cyan: '\u001b[36m',
  reset: '\u001b[0m',
}

function coloured(line: string): string {
  const code = line.startsWith('+')
    ? codes.green
    : line.startsWith('-')
      ? codes.red
      : line.startsWith('@@')
        ? codes.cyan
        : undefined
  return code === undefined ? line : `${code}${line}${codes.reset}`
}
