import type { Chart } from '@chartroom/chart'
import type { Place } from '../finding.ts'

/** The place of a template that an error of rendering begins with, where it lies in this chart. */
export function renderPlace(message: string, { metadata, files }: Chart): Place | undefined {
  const found = /^(?:template: |parse error at \(|execution error at \()?([^\s():]+):(\d+)(?::(\d+))?/.exec(
    message,
  )
  const [, source = '', line = '', column] = found ?? []
  const path = source.slice(metadata.name.length + 1)
  if (!source.startsWith(`${metadata.name}/`) || !files.some(({ name }) => name === path)) return undefined
  // Go counts columns from 0 in some places and from 1 in others; both are within a character of the fault.
  return { path, line: Number(line), ...(column === undefined ? {} : { column: Number(column) + 1 }) }
}
