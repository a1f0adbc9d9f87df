import { printableLine } from '@chartroom/errors'

/**
 * Text of others as text: whatever Markdown, HTML, mentions, references or formulas could be made of is written as a
 * character reference, on one line.
 */
export function escaped(text: string): string {
  return printableLine(text).replace(/[&<>"'`*_~|\\[\]{}#!@$^]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

/** The same in the font of code. */
export function code(text: string): string {
  return text === '' ? '' : `<code>${escaped(text)}</code>`
}

/** A link; only the text where the address is none of the web. */
export function link(text: string, address: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return escaped(text)
  return `<a href="${new URL(address).href.replace(/[&<>"'`|\\]/g, (mark) => `&#${mark.charCodeAt(0)};`)}">${escaped(text)}</a>`
}

/** A table of cells that are Markdown already, with as many rows as fit into so many characters. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], room: number): string {
  const lines = [row(head), row(head.map(() => '---'))]
  let length = 0
  for (const [index, cells] of rows.entries()) {
    const line = row(cells)
    length += line.length + 1
    if (length > room)
      return `${lines.join('\n')}\n\n${rows.length - index} more are left out for want of room.\n`
    lines.push(line)
  }
  return `${lines.join('\n')}\n`
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** A block of code whose fence is longer than any in it. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}\n`
}
