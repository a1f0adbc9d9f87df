import { trimLeft } from '../space.ts'

/** Splits what a template gave at lines that begin with `---`, as Helm 4.2.4 does; empty parts are dropped. */
export function splitManifests(text: string): string[] {
  return trimLeft(text)
    .split(/^---[ \t]*/m)
    .map(trimLeft)
    .filter((document) => document !== '')
}
