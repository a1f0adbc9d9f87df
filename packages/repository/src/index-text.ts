import { compareYamlKeys } from '@chartroom/go'
import { formatIndex } from './format-index.ts'
import type { IndexEntry } from './index-model.ts'
import { parseIndex } from './parse-index.ts'

/**
 * An index in the layout that Helm and Chartroom write, taken apart into its charts without being parsed:
 * changing one chart of ten thousand costs no more than reading and writing the file, and what was not
 * changed stays as it stands, to the byte.
 */
export class IndexText {
  readonly #head: string
  readonly #charts: Map<string, string>
  readonly #tail: string

  private constructor(head: string, charts: Map<string, string>, tail: string) {
    this.#head = head
    this.#charts = charts
    this.#tail = tail
  }

  /** Undefined for a text in any other layout, which `parseIndex` reads. */
  static read(text: string): IndexText | undefined {
    const start = text.indexOf(opening)
    if (!text.startsWith('apiVersion: v1\n') || start < 0 || !text.endsWith('\n')) return undefined
    const from = start + opening.length
    const found = chartsFrom(text, from)
    return found && new IndexText(text.slice(0, from), found.charts, text.slice(found.end))
  }

  /** The digests that stand in it, bare hex. */
  digests(): Set<string> {
    const found = new Set<string>()
    for (const chart of this.#charts.values()) {
      for (const [, digest = ''] of chart.matchAll(/^ {4}digest: "?([0-9a-f]{64})"?$/gm)) found.add(digest)
    }
    return found
  }

  /** Puts other entries in the place of a chart's. Returns what could not be read of the old ones. */
  change(name: string, change: (entries: readonly IndexEntry[]) => readonly IndexEntry[]): readonly string[] {
    const { entries, warnings } = this.#entries(name)
    const changed = change(entries)
    if (changed !== entries) this.#set(name, formatChart(name, changed))
    return warnings
  }

  format(generated: string): string {
    const tail = this.#tail.replace(/^generated: .*\n/m, '')
    return `${this.#head}${[...this.#charts.values()].join('')}generated: ${JSON.stringify(generated)}\n${tail}`
  }

  #entries(name: string): { entries: readonly IndexEntry[]; warnings: readonly string[] } {
    const chart = this.#charts.get(name)
    if (chart === undefined) return { entries: [], warnings: [] }
    const { entries, warnings } = parseIndex(`apiVersion: v1${opening}${chart}`)
    return { entries: entries.get(name) ?? [], warnings }
  }

  #set(name: string, text: string): void {
    const isNew = !this.#charts.has(name)
    this.#charts.set(name, text)
    if (!isNew) return
    const sorted = [...this.#charts].sort(([a], [b]) => compareYamlKeys(a, b))
    this.#charts.clear()
    for (const [key, value] of sorted) this.#charts.set(key, value)
  }
}

const opening = '\nentries:\n'

function chartsFrom(text: string, from: number): { charts: Map<string, string>; end: number } | undefined {
  const charts = new Map<string, string>()
  let name = ''
  let start = from
  let at = from
  for (; at < text.length; at = text.indexOf('\n', at) + 1) {
    const kind = lineKind(text, at)
    if (kind === 'inside' && name !== '') continue
    if (kind === 'inside' || kind === 'other') return undefined
    if (name !== '') charts.set(name, text.slice(start, at))
    if (kind === 'top') break
    name = chartName(text, at)
    if (name === '' || charts.has(name)) return undefined
    start = at
  }
  return at < text.length ? { charts, end: at } : undefined
}

/** By its indentation: a chart's name has two blanks, an entry two and a dash, its fields four or more. */
function lineKind(text: string, at: number): 'top' | 'chart' | 'inside' | 'other' {
  const first = text[at] ?? ''
  if (first === '\n') return 'inside'
  if (first !== ' ') return /[a-zA-Z]/.test(first) ? 'top' : 'other'
  if (text[at + 1] !== ' ') return 'other'
  const third = text[at + 2] ?? ''
  if (third === '-') return 'inside'
  if (third !== ' ') return 'chart'
  return text[at + 3] === ' ' ? 'inside' : 'other'
}

/** The name on a line `  name:`; empty for one that would have to be quoted. */
function chartName(text: string, at: number): string {
  const line = text.slice(at + 2, text.indexOf('\n', at))
  return /^[a-zA-Z](?:[\w.-]*[a-zA-Z0-9])?:$/.test(line) &&
    !/^(y|n|yes|no|on|off|true|false|null):$/i.test(line)
    ? line.slice(0, -1)
    : ''
}

function formatChart(name: string, entries: readonly IndexEntry[]): string {
  const text = formatIndex({ entries: new Map([[name, entries]]), generated: undefined, warnings: [] })
  return text.slice(text.indexOf(opening) + opening.length, text.lastIndexOf('generated: '))
}
