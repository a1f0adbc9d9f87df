import { appendFile } from 'node:fs/promises'
import type { ChartResult, DestinationResult } from '@chartroom/verbs'
import type { Hidden } from './hidden.ts'
import { limits } from './limits.ts'
import { code, escaped, link, table } from './markdown.ts'

/** Kept for the sentence that says what was left out. */
const reserve = 200

/** The summary of a step: whole blocks of Markdown, as many as the runner takes. */
export class Summary {
  readonly #blocks: string[] = []

  add(block: string): void {
    this.#blocks.push(block)
  }

  text(hidden: Hidden): string {
    let text = ''
    let left = 0
    let size = 0
    for (const block of this.#blocks.map((one) => `${hidden.in(one).trimEnd()}\n\n`)) {
      const bytes = Buffer.byteLength(block)
      if (size + bytes > limits.summaryBytes - reserve) left += 1
      else {
        text += block
        size += bytes
      }
    }
    return left === 0
      ? text
      : `${text}${left} more parts are left out for want of room: the log has all of it.\n`
  }

  /** Nothing is written where the runner wants no summary, or there is none. */
  async write(file: string | undefined, hidden: Hidden): Promise<void> {
    if (file === undefined || this.#blocks.length === 0) return
    await appendFile(file, this.text(hidden))
  }
}

/** Charts by destinations. */
export function publishedTable(charts: readonly ChartResult[]): string {
  const rows = charts.flatMap((chart) =>
    (chart.destinations ?? []).map((one) => [
      escaped(chart.name),
      escaped(chart.version),
      outcome(one),
      code(one.reference),
      code(one.manifestDigest ?? chart.digest),
      readers(one),
    ]),
  )
  return table(
    ['chart', 'version', 'result', 'reference', 'digest', 'readers'],
    rows,
    limits.summaryBytes >> 1,
  )
}

/** What became of one chart at one place, in a word or two. */
export function outcome({ action, status }: DestinationResult): string {
  if (status === 'failed') return action === 'conflict' ? 'conflict' : 'failed'
  if (status === 'skipped') return 'skipped'
  if (status === 'planned') return action === 'unchanged' ? 'unchanged' : `would ${action}`
  return { create: 'created', replace: 'replaced', unchanged: 'unchanged', conflict: 'conflict' }[action]
}

function readers({ visibility, visibilityPage }: DestinationResult): string {
  if (visibility === undefined) return ''
  return visibilityPage === undefined ? visibility : `${visibility} (${link('change', visibilityPage)})`
}
