import type { RuleName } from './rules.ts'

/** How bad a finding is, in helm's scale. */
export type Severity = 'error' | 'warning' | 'info'

/** Something that lint has to say about a chart. Severity, path and message are those of `helm lint`. */
export interface Finding {
  readonly severity: Severity
  /**
   * The file, relative to the chart; `templates/` and `crds/` for all in them; the chart's own path for what
   * its folder lacks; empty when the chart cannot be loaded.
   */
  readonly path: string
  readonly message: string
  readonly rule: RuleName
  /** Where in the chart's files the message points, when it says so. */
  readonly place?: Place | undefined
}

/** A place in a file; `line` and `column` count from 1. */
export interface Place {
  /** Relative to the chart. */
  readonly path: string
  readonly line: number
  readonly column?: number | undefined
}
