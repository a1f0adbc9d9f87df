import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../workspace.ts'

/** The text below a heading of a page, up to the next heading. */
export function sectionOf(page: string, heading: string): string {
  const text = readFileSync(join(workspace, page), 'utf8')
  const [, below] = text.split(new RegExp(`^#+ ${heading}$`, 'm'))
  if (below === undefined) throw new Error(`${page} has no heading "${heading}"`)
  return below.split(/^#+ /m)[0] ?? ''
}

/** The rows of all tables below a heading, without their heads; cells as they are written. */
export function rowsOf(page: string, heading: string): string[][] {
  const lines = sectionOf(page, heading).split('\n')
  const body = lines.filter(
    (line, at) => line.startsWith('|') && !line.startsWith('| ---') && !lines[at + 1]?.startsWith('| ---'),
  )
  return body.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}
