import { ChartroomError } from '@chartroom/errors'
import type { Version } from '@chartroom/go'
import { parseConstraint, parseVersion } from '@chartroom/go'
import type { Index, IndexEntry } from '../index-model.ts'

export interface SearchOptions {
  readonly keyword?: string | undefined
  readonly regexp?: boolean | undefined
  /** Every matching version, not only the newest. */
  readonly allVersions?: boolean | undefined
  /** Default: stable versions. */
  readonly range?: string | undefined
}

/** One hit of `search repo`; `name` is `REPO/CHART`. */
export interface FoundChart {
  readonly name: string
  readonly version: string
  readonly app_version: string
  readonly description: string
}

/**
 * Searches name, description and keywords, as Helm does: earlier matches rank higher. Throws `USAGE` for a
 * range or a regular expression that is none.
 */
export function searchIndexes(indexes: ReadonlyMap<string, Index>, options: SearchOptions): FoundChart[] {
  const constraint = parseConstraint(options.range ?? '>0.0.0')
  const score = scorer(options)
  const hits: { found: FoundChart; score: number }[] = []
  for (const [repository, index] of indexes) {
    for (const [chart, entries] of index.entries) {
      const fitting = entries.filter(({ version }) => satisfies(parseVersion(version), constraint))
      const shown = options.allVersions === true ? fitting : fitting.slice(0, 1)
      for (const entry of shown) {
        const found = foundChart(`${repository}/${chart}`, entry)
        const at = score(`${repository}/${chart}`, entry)
        if (at !== undefined) hits.push({ found, score: at })
      }
    }
  }
  return hits
    .sort((a, b) => a.score - b.score || compareText(a.found.name, b.found.name))
    .map(({ found }) => found)
}

function scorer({
  keyword = '',
  regexp,
}: SearchOptions): (name: string, entry: IndexEntry) => number | undefined {
  if (keyword === '') return () => 0
  const pattern = regexp === true ? patternOf(keyword) : undefined
  const wanted = keyword.toLowerCase()
  return (name, { metadata }) => {
    const keywords = Array.isArray(metadata.keywords) ? metadata.keywords.map(String) : []
    const fields = [name, text(metadata.description), ...keywords]
    const at = fields.findIndex((field) =>
      pattern === undefined ? field.toLowerCase().includes(wanted) : pattern.test(field),
    )
    return at < 0 ? undefined : at
  }
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ChartroomError('USAGE', `${text} is not a regular expression`, {
      cause: error,
      hint: 'Leave out --regexp to search for the text as it stands.',
    })
  }
}

function satisfies(version: Version | undefined, constraint: ReturnType<typeof parseConstraint>): boolean {
  return version !== undefined && constraint.check(version)
}

function foundChart(name: string, { version, metadata }: IndexEntry): FoundChart {
  return { name, version, app_version: text(metadata.appVersion), description: text(metadata.description) }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
