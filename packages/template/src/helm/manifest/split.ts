import { trimLeft, trimSpace } from '@chartroom/go'

/** Splits what a template gave at lines that begin with `---`, as Helm 4.2.4 does; empty parts are dropped. */
export function splitManifests(text: string): string[] {
  return trimLeft(text)
    .split(/(?<![^\n])---[ \t]*/)
    .map(trimLeft)
    .filter((document) => document !== '')
}

/**
 * The same as Helm 3.21.4 does it: space around a document is no part of it, and a separator is one only behind a line
 * break that is not the end of another separator.
 */
export function splitManifestsAsHelm3(text: string): string[] {
  const documents: string[] = []
  let start = 0
  const trimmed = trimSpace(text)
  for (const { index, 0: separator } of trimmed.matchAll(/(?<![^\n])---[\t\n\f\r ]*/g)) {
    if (index > 0 && index <= start) continue
    documents.push(trimmed.slice(start, index))
    start = index + separator.length
  }
  documents.push(trimmed.slice(start))
  return documents.map(trimSpace).filter((document) => document !== '')
}
