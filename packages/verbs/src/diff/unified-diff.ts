import { limits } from '../limits.ts'

/** How many lines may still be looked for before texts are taken for wholly different. */
export interface DiffBudget {
  edits: number
}

/**
 * What is different between two texts, as unified diff with three lines of context, without file names; empty
 * where nothing is. Texts with more changes than can be told apart in reasonable time are replaced whole.
 */
export async function unifiedDiff(before: string, after: string, budget: DiffBudget): Promise<string> {
  if (before === after) return ''
  const { structuredPatch } = await import('diff')
  const maxEditLength = Math.min(limits.diffEdits, budget.edits)
  const patch = structuredPatch('', '', before, after, undefined, undefined, { context: 3, maxEditLength })
  if (patch === undefined) {
    budget.edits -= maxEditLength
    return replaced(lines(before), lines(after))
  }
  budget.edits -= patch.hunks.flatMap((hunk) => hunk.lines).filter((line) => !line.startsWith(' ')).length
  return patch.hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines: all }) => {
      return `${hunkHead([oldStart, oldLines], [newStart, newLines])}${all.join('\n')}\n`
    })
    .join('')
}

function replaced(before: readonly string[], after: readonly string[]): string {
  const range = ({ length }: readonly string[]): [number, number] => [length === 0 ? 0 : 1, length]
  const removed = before.map((line) => `-${line}\n`)
  const added = after.map((line) => `+${line}\n`)
  return `${hunkHead(range(before), range(after))}${removed.join('')}${added.join('')}`
}

/** A range without lines begins at the line before it. */
function hunkHead(before: readonly [number, number], after: readonly [number, number]): string {
  const side = ([start, count]: readonly [number, number]): string =>
    `${count === 0 && start > 0 ? start - 1 : start},${count}`
  return `@@ -${side(before)} +${side(after)} @@\n`
}

function lines(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}
