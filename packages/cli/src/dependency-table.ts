import { printableLine } from '@chartroom/errors'

/**
 * Rows as helm's tables have them: every column padded to its widest cell, or cut to `maxWidth` (0: not at all)
 * with dots, and joined by tabs.
 */
export function dependencyTable(rows: readonly (readonly string[])[], maxWidth: number): string {
  const cells = rows.map((row) => row.map(printableLine))
  const widths = (cells[0] ?? []).map((_, column) => {
    const widest = Math.max(...cells.map((row) => textWidth(row[column] ?? '')))
    return maxWidth === 0 ? widest : Math.min(widest, maxWidth)
  })
  return cells.map((row) => row.map((cell, i) => fit(cell, widths[i] ?? 0)).join('\t')).join('\n')
}

function fit(text: string, width: number): string {
  const own = textWidth(text)
  if (own <= width || width === 0) return text + ' '.repeat(Math.max(0, width - own))
  let kept = ''
  let used = 0
  for (const character of text) {
    kept += character
    if (used + textWidth(character) >= width - 3) break
    used += textWidth(character)
  }
  return `${kept}...`
}

/** Columns on a terminal. */
function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : marks.test(character) ? 0 : 1
  return width
}

const marks = /\p{Mn}|\p{Me}/u
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
